# A mock is an alias in front of the command, in the module that calls it or in the global scope, because an alias
# wins over functions of any scope. It goes with the test or block that made it.

function Add-MockFunction {
    param([string]$Name, $Module, $Owner)

    $original = Get-MockedCommand -Name $Name -Module $Module
    $key = [guid]::NewGuid().ToString('n')
    $text = "PesterLite\Invoke-PesterLiteMock -Key '$key' -Bound `$PSBoundParameters -Arguments `$args"
    if ($original.CommandType -ne 'Application') {
        # The same parameters, so that they bind and convert as they would.
        $metadata = [System.Management.Automation.CommandMetadata]::new($original)
        $attribute = [System.Management.Automation.ProxyCommand]::GetCmdletBindingAttribute($metadata)
        $parameters = [System.Management.Automation.ProxyCommand]::GetParamBlock($metadata)
        $arguments = '$args'
        if ($attribute -like '*CmdletBinding*') { $arguments = '@()' }
        $text = "$attribute`nparam($parameters)`nprocess { PesterLite\Invoke-PesterLiteMock -Key '$key' -Bound `$PSBoundParameters -Arguments $arguments }"
    }

    $function = "PesterLite_Mock_$key"
    Set-Item -LiteralPath "function:global:$function" -Value ([scriptblock]::Create($text))
    $mock = @{
        Key = $key; Name = $Name; Module = $Module; Owner = $Owner; Function = $function
        Behaviors = [System.Collections.ArrayList]::new(); Before = Get-MockAlias -Name $Name -Module $Module
    }
    Set-MockAlias -Name $Name -Module $Module -Target $function
    $script:Run.Mocks[$key] = $mock
    $null = $Owner.Mocks.Add($mock)
    $mock
}

# The alias an outer block's mock left there.
function Get-MockAlias {
    param([string]$Name, $Module)

    $read = { param($______name) Get-Alias -Name $______name -ErrorAction Ignore }
    $alias = if ($Module) { & $Module $read $Name } else { & $read $Name }
    if ($alias -and $alias.Definition -like 'PesterLite_Mock_*') {
        $alias.Definition
    }
}

function Set-MockAlias {
    param([string]$Name, $Module, [string]$Target)

    if ($Module) {
        & $Module { param($______name, $______target) Set-Alias -Name $______name -Value $______target -Scope Script -Force } $Name $Target
    }
    else {
        Set-Alias -Name $Name -Value $Target -Scope Global -Force
    }
}

function Get-MockedCommand {
    param([string]$Name, $Module)

    $found = { param($______name) Get-Command -Name $______name -ErrorAction Ignore | Select-Object -First 1 }
    $command = if ($Module) { & $Module $found $Name } else { & $found $Name }
    if ($command -and $command.Definition -like 'PesterLite_Mock_*') {
        # An outer mock has the same parameters as the command.
        return Get-Command -Name $command.Definition
    }

    if ($command -and $command.CommandType -eq 'Alias') {
        $command = $command.ResolvedCommand
    }

    if (-not $command) {
        throw "Could not find Command $Name"
    }

    $command
}

function Remove-Mock {
    param($Owner)

    foreach ($mock in $Owner.Mocks) {
        if ($mock.Before) {
            Set-MockAlias -Name $mock.Name -Module $mock.Module -Target $mock.Before
        }
        else {
            $remove = { param($______name) Remove-Item -LiteralPath "alias:$______name" -Force -ErrorAction Ignore }
            if ($mock.Module) { & $mock.Module $remove $mock.Name } else { & $remove $mock.Name }
        }

        Remove-Item -LiteralPath "function:$($mock.Function)" -Force -ErrorAction Ignore
        $script:Run.Mocks.Remove($mock.Key)
    }

    $Owner.Mocks.Clear()
}

function Find-Mock {
    param([string]$Name, [string]$ModuleName)

    $owners = @(Get-MockOwner)
    foreach ($owner in $owners) {
        foreach ($mock in $owner.Mocks) {
            $module = ''
            if ($mock.Module) { $module = $mock.Module.Name }
            if ($mock.Name -eq $Name -and $module -eq $ModuleName) {
                return $mock
            }
        }
    }
}

# The running test, then its blocks from inside out.
function Get-MockOwner {
    if ($script:Run.Test) {
        $script:Run.Test
    }

    for ($block = $script:Run.Current; $block; $block = $block.Parent) {
        $block
    }
}

# Counts calls within the scope, for Should -Invoke.
function Test-MockCall {
    param([string]$Name, [string]$ModuleName, [int]$Times, [bool]$Exactly, [bool]$TimesGiven, $Filter, [string]$Scope)

    if (-not (Find-Mock -Name $Name -ModuleName $ModuleName)) {
        throw "Should -Invoke: Could not find Mock for command $Name$(if ($ModuleName) { " in module $ModuleName" })."
    }

    $owner = @(Get-MockOwner)[0]
    if ($Scope -and $Scope -ne 'It') {
        $owner = @(Get-MockOwner | Where-Object { $_.Kind -eq $Scope })[0]
    }

    $calls = @($owner.Calls | Where-Object { $_.Name -eq $Name -and $_.ModuleName -eq $ModuleName })
    if ($Filter) {
        $calls = @($calls | Where-Object { Test-MockFilter -Filter $Filter -Bound $_.Bound -Arguments $_.Arguments })
    }

    $ok = $calls.Count -ge $Times
    if ($Exactly -or ($TimesGiven -and $Times -eq 0)) {
        $ok = $calls.Count -eq $Times
    }

    @{ Ok = $ok; Text = "Expected $Name to be called $(if ($Exactly) { 'exactly' } else { 'at least' }) $Times times, but it was called $($calls.Count) times."; Not = "Expected $Name not to be called, but it was called $($calls.Count) times" }
}

function Test-MockFilter {
    param($Filter, $Bound, $Arguments)

    [bool](& $script:Run.Scope.Enter {
            . $script:Run.Scope.SetVariables $Bound
            . $Filter
        })
}
