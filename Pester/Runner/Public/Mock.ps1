# Puts a script block in place of a command, until the test or block ends.
function Mock {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0)] [string]$CommandName,
        [Parameter(Position = 1)] [scriptblock]$MockWith = {},
        [string]$ModuleName,
        [scriptblock]$ParameterFilter,
        [switch]$Verifiable
    )

    if (-not $script:Run -or $script:Run.Phase -ne 'Run') {
        throw 'Mock works only in It, BeforeAll and BeforeEach.'
    }

    # Inside InModuleScope the caller is the module itself.
    if (-not $ModuleName -and $PSCmdlet.SessionState.Module) {
        $ModuleName = $PSCmdlet.SessionState.Module.Name
    }

    $mock = Find-Mock -Name $CommandName -ModuleName $ModuleName
    $owner = @(Get-MockOwner)[0]
    if (-not $mock -or $mock.Owner -ne $owner) {
        $module = $null
        if ($ModuleName) {
            $module = Get-ModuleUnderTest -Name $ModuleName
        }

        $outer = $mock
        $mock = Add-MockFunction -Name $CommandName -Module $module -Owner $owner
        if ($outer) {
            # The outer block's behaviours still answer what the inner filters let through.
            $mock.Behaviors.AddRange($outer.Behaviors)
        }
    }

    $mock.Behaviors.Insert(0, @{ Body = $MockWith; Filter = $ParameterFilter })
}

# What a mocked command calls; not for tests.
function Invoke-PesterLiteMock {
    [CmdletBinding()]
    param([string]$Key, $Bound, $Arguments)

    $mock = $script:Run.Mocks[$Key]
    $moduleName = ''
    if ($mock.Module) { $moduleName = $mock.Module.Name }
    $values = @{}
    foreach ($name in $Bound.Keys) { $values[$name] = $Bound[$name] }
    foreach ($owner in @(Get-MockOwner)) {
        $null = $owner.Calls.Add(@{ Name = $mock.Name; ModuleName = $moduleName; Bound = $values; Arguments = $Arguments })
    }

    # Filtered behaviours come before the default one, the newest first.
    $ordered = @($mock.Behaviors | Where-Object { $_.Filter }) + @($mock.Behaviors | Where-Object { -not $_.Filter })
    foreach ($behavior in $ordered) {
        if (-not $behavior.Filter -or (Test-MockFilter -Filter $behavior.Filter -Bound $values -Arguments $Arguments)) {
            $splat = @{}
            if ($behavior.Body.Ast.ParamBlock) { $splat = $values }
            return & $script:Run.Scope.Enter {
                . $script:Run.Scope.SetVariables $values
                . $behavior.Body @splat @Arguments
            }
        }
    }

    throw "No mock of $($mock.Name) fits this call, and the command itself is not called by this runner."
}
