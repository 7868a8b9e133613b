# Values of the secrets that jobs refer to, by the name the engine looks for: vault/name, or name. They come from Get-Secret
# of SecretManagement, or of whatever else has a command of that name. One that cannot be had ends nothing: a backup is
# worth more than the notification that needs it. It is added to the list of problems or, without one, is a warning.
# Environment variables are read by the engine.
function Get-JobSecret {
    param($Cmdlet, $Reference, $Problems)
    # Not @{}, which would take names for the same that differ in case.
    $values = [System.Collections.Hashtable]::new([System.StringComparer]::Ordinal)
    $stored = @(@($Reference) | Where-Object { $null -ne $_ -and $_.secret })
    if ($stored.Count -eq 0) { return $values }
    if (-not (Get-Command -Name Get-Secret -ErrorAction Ignore)) {
        $names = @(foreach ($one in $stored) { "'$(Get-JobSecretName $one)'" }) -join ', '
        Write-SecretProblem $Cmdlet $Problems -Id SecretModuleMissing -Message "There is no command Get-Secret for the secrets $names." `
            -Hint 'Install-Module Microsoft.PowerShell.SecretManagement, and a vault, for the account the job runs as.'
        return $values
    }
    foreach ($one in $stored) {
        $name = Get-JobSecretName $one
        if ($values.ContainsKey($name)) { continue }
        $problem = $null
        try {
            $parameters = @{ Name = [string]$one.secret; ErrorAction = 'Stop' }
            if ($one.vault) { $parameters['Vault'] = [string]$one.vault }
            $text = ConvertTo-SecretText (Get-Secret @parameters)
            if ($text) { $values[$name] = $text } else { $problem = 'it is empty, or neither a text nor a credential' }
        }
        catch { $problem = $_.Exception.Message }
        if ($problem) {
            Write-SecretProblem $Cmdlet $Problems -Id SecretNotFound -Message "The secret '$name' cannot be had: $($problem.TrimEnd('.'))." `
                -Hint 'See Get-SecretInfo, as the account the job runs as.'
        }
    }
    return $values
}

function Write-SecretProblem {
    param($Cmdlet, $Problems, [string]$Id, [string]$Message, [string]$Hint)
    if ($null -eq $Problems) { return $Cmdlet.WriteWarning((ConvertTo-DisplayText "$Message $Hint")) }
    $category = if ($Id -eq 'SecretModuleMissing') { 'NotInstalled' } else { 'ObjectNotFound' }
    $Problems.Add(@{ id = $Id; category = $category; message = $Message; hint = $Hint })
}

function Get-JobSecretName {
    param($Reference)
    if ($Reference.vault) { return "$($Reference.vault)/$($Reference.secret)" }
    return [string]$Reference.secret
}

# What a vault may hold -> its text; nothing for what has none. ConvertFrom-SecureString -AsPlainText is of PowerShell 7.
function ConvertTo-SecretText {
    param($Secret)
    if ($Secret -is [string]) { return $Secret }
    if ($Secret -is [System.Security.SecureString]) {
        return [System.Net.NetworkCredential]::new('', [securestring]$Secret).Password
    }
    if ($Secret -is [System.Management.Automation.PSCredential]) { return $Secret.GetNetworkCredential().Password }
}
