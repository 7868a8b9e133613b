# Test files run in the session state of whoever called Invoke-Pester, not in this module's. Script blocks written
# there are bound to it: calling one with & opens a scope in it, and dot-sourcing a test's block inside that scope
# makes variables of BeforeAll visible to the tests below and to nothing else.

function New-UserScope {
    param([System.Management.Automation.SessionState]$SessionState)

    $evaluate = {
        param([string]$Text)
        $ExecutionContext.InvokeCommand.InvokeScript($SessionState, [scriptblock]::Create($Text), @())
    }
    @{
        # Opens a scope and runs a block of this module in it.
        Enter        = (& $evaluate '{ param($______next) & $______next }')[0]
        # The same with $_ set, which only an assignment in the scope itself can do.
        EnterWith    = (& $evaluate '{ param($______case, $______next) $_ = $______case; & $______next }')[0]
        # Dot-sourced: defines variables in the current scope.
        SetVariables = (& $evaluate '{ param($______values) foreach ($______name in $______values.Keys) { Set-Variable -Name $______name -Value $______values[$______name] } }')[0]
        # Reads "name.property" there.
        ReadPath     = (& $evaluate '{ param($______path) $______names = $______path -split "\."; $______value = Get-Variable -Name $______names[0] -ValueOnly -ErrorAction Ignore; foreach ($______part in ($______names | Select-Object -Skip 1)) { $______value = $______value.$______part }; , $______value }')[0]
        RunFile      = (& $evaluate '{ param($______file) . $______file }')[0]
    }
}

# Values of a -ForEach entry: the keys of a hash table become variables, anything is $_.
function ConvertTo-CaseVariable {
    param($Case)

    $variables = @{ _ = $Case }
    if ($Case -is [System.Collections.IDictionary]) {
        foreach ($key in @($Case.Keys)) {
            $variables[[string]$key] = $Case[$key]
        }
    }

    $variables
}

# A scope with $_ of a -ForEach entry, if there is one. The block sees this function's variables before its own
# function's, hence the names.
function Enter-Scope {
    param([hashtable]$______variables, [scriptblock]$______body)

    if ($______variables.ContainsKey('_')) {
        & $script:Run.Scope.EnterWith $______variables['_'] $______body
    }
    else {
        & $script:Run.Scope.Enter $______body
    }
}

# "adds <a> and <b.name>" with the values the scope has now.
function Expand-TestName {
    param([string]$Name)

    [regex]::Replace($Name, '(?<!`)<([A-Za-z_][\w.]*)>', {
            param($match)
            $value = & $script:Run.Scope.ReadPath $match.Groups[1].Value
            if ($null -eq $value) { '$null' } else { [string]$value }
        })
}
