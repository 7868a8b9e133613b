# A script module does not see preference variables of the script that calls it; a compiled cmdlet does.
# Dot-source this at the start of a public function: it copies the caller's preferences into the function's own scope,
# except those given as a parameter (-Verbose, -ErrorAction ...).
function Import-CallerPreference {
    param($Cmdlet)
    $preferences = @{
        ErrorActionPreference = 'ErrorAction'
        WarningPreference     = 'WarningAction'
        InformationPreference = 'InformationAction'
        ProgressPreference    = 'ProgressAction'
        VerbosePreference     = 'Verbose'
        DebugPreference       = 'Debug'
        WhatIfPreference      = 'WhatIf'
        ConfirmPreference     = 'Confirm'
    }
    foreach ($preference in $preferences.Keys) {
        if ($Cmdlet.MyInvocation.BoundParameters.ContainsKey($preferences[$preference])) { continue }
        $value = $Cmdlet.SessionState.PSVariable.GetValue($preference)
        if ($null -ne $value) { $ExecutionContext.SessionState.PSVariable.Set($preference, $value) }
    }
}
