# The secrets that the notifications of a job name, at all places of the schema at which one may stand. Objects of the engine
# are ExpandoObject in PowerShell 7, which the pipeline takes apart: what is output is a copy.
function Get-SecretReference {
    param($Settings)
    $notify = $Settings.notify
    if ($null -eq $notify) { return }
    $candidates = [System.Collections.Generic.List[object]]::new()
    $candidates.Add($notify.mail.password)
    foreach ($webhook in $notify.webhook) {
        $candidates.Add($webhook.url)
        if ($null -eq $webhook.headers) { continue }
        foreach ($header in [System.Collections.Generic.Dictionary[string, object]]::new($webhook.headers).Values) { $candidates.Add($header) }
    }
    foreach ($candidate in $candidates) {
        if ($null -eq $candidate -or $candidate -is [string] -or -not $candidate.secret) { continue }
        @{ secret = [string]$candidate.secret; vault = [string]$candidate.vault }
    }
}
