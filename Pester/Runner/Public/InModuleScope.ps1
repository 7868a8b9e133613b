# Runs a block inside a module, where its private functions are.
function InModuleScope {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0)] [string]$ModuleName,
        [Parameter(Mandatory, Position = 1)] [scriptblock]$ScriptBlock,
        [System.Collections.IDictionary]$Parameters = @{},
        [object[]]$ArgumentList = @()
    )

    $module = Get-ModuleUnderTest -Name $ModuleName
    $bound = $module.NewBoundScriptBlock($ScriptBlock)
    # Parameters are variables in the block, whether or not it declares them.
    $open = $module.NewBoundScriptBlock({
            param($______body, $______values, $______list)
            foreach ($______name in $______values.Keys) { Set-Variable -Name $______name -Value $______values[$______name] }
            if (-not $______body.Ast.ParamBlock) { $______values = @{} }
            . $______body @______values @______list
        })
    & $open $bound $Parameters $ArgumentList
}

function Get-ModuleUnderTest {
    param([string]$Name)

    $modules = @(Get-Module -Name $Name -All | Where-Object { $_.ModuleType -ne 'Manifest' })
    if ($modules.Count -eq 0) {
        throw "No module named '$Name' is loaded."
    }

    $modules[0]
}
