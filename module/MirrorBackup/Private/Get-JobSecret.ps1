# The stored secrets that the notifications of a job name -> their values, as they go to the engine with the request, and
# what is wrong with those that cannot be had. That ends nothing: a backup must not fail because a mail cannot be sent.
# The values are in memory only, and go to no stream.
function Get-JobSecret {
    param($Settings)
    $secrets = @{ Values = @{}; Problems = @() }
    foreach ($reference in Get-SecretReference $Settings) {
        $name = if ($reference.vault) { "$($reference.vault)/$($reference.secret)" } else { [string]$reference.secret }
        if ($secrets.Values.ContainsKey($name)) { continue }
        if (-not (Get-Command -Name Get-Secret -ErrorAction Ignore)) {
            $secrets.Problems += @{
                id = 'SecretModuleMissing'; category = 'NotInstalled'
                message = "The secret '$name' cannot be read: there is no Get-Secret."
                hint = 'Install Microsoft.PowerShell.SecretManagement and a vault for the account that runs the job, or use {env: NAME}.'
            }
            return $secrets
        }
        $found = Read-Secret $reference
        if ($null -ne $found.Value) { $secrets.Values[$name] = $found.Value }
        else {
            $secrets.Problems += @{
                id = 'SecretNotFound'; category = 'ObjectNotFound'
                message = "The secret '$name' cannot be read: $($found.Problem.TrimEnd('.'))."
                hint = 'Store it with Set-Secret as the account that runs the job, in a vault that opens without a question.'
            }
        }
    }
    return $secrets
}

# The places of the schema at which a secret may stand. Objects of the engine are ExpandoObject in PowerShell 7, which the
# pipeline takes apart: what is output is a copy.
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

function Read-Secret {
    param($Reference)
    $given = @{ Name = [string]$Reference.secret; AsPlainText = $true; ErrorAction = 'Stop' }
    if ($Reference.vault) { $given['Vault'] = [string]$Reference.vault }
    try { $value = Get-Secret @given }
    catch { return @{ Problem = $_.Exception.Message } }
    if ($value -is [System.Management.Automation.PSCredential]) { $value = $value.GetNetworkCredential().Password }
    if ($value -is [string]) { return @{ Value = $value } }
    return @{ Problem = 'it is not a text' }
}
