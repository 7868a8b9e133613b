# References to secrets that Get-Secret returns -> checks. Nothing is read but whether they are there.
function Test-StoredSecret {
    param($Reference)
    $command = $null
    foreach ($one in $Reference) {
        if ($null -eq $command) { $command = @(Get-Command -Name 'Get-SecretInfo' -ErrorAction Ignore) }
        $vault = if ($one.vault) { " in the vault '$($one.vault)'" } else { '' }
        $finding = @{ status = 'Failed'; message = "The secret '$($one.name)'$vault ($($one.key)) is not there."; hint = 'Set-Secret stores one; secrets belong to an account, so do it as the one that runs the job.' }
        if ($command.Count -eq 0) {
            $finding.message = "The secret '$($one.name)' ($($one.key)) cannot be looked for: the module SecretManagement is not installed."
            $finding.hint = 'Install-Module -Name Microsoft.PowerShell.SecretManagement'
        }
        else {
            $arguments = @{ Name = [System.Management.Automation.WildcardPattern]::Escape($one.name); ErrorAction = 'Stop' }
            if ($one.vault) { $arguments['Vault'] = $one.vault }
            try {
                if (@(Get-SecretInfo @arguments).Count -gt 0) {
                    $finding = @{ status = 'Passed'; message = "The secret '$($one.name)'$vault ($($one.key)) is there." }
                }
            }
            catch { $finding.message = "The secret '$($one.name)'$vault ($($one.key)) cannot be looked for: $($_.Exception.Message)" }
        }
        @{ job = $one.job; file = $one.file; setPath = $one.setPath; check = 'Secret'; status = $finding.status; message = $finding.message; hint = $finding.hint }
    }
}
