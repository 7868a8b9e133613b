# Discovery builds a tree of blocks (Describe, Context, and one root per file) and tests.

function New-Block {
    param([string]$Name, $Parent, [hashtable]$Variables, [bool]$Skip, [string[]]$Tag = @(), [string]$Kind = 'Root')

    $path = @()
    $tags = @($Tag)
    if ($Parent) {
        $path = @($Parent.Path)
        $tags += $Parent.Tag
    }

    if ($Name) {
        $path += $Name
    }

    @{
        Kind = $Kind; Name = $Name; Path = $path; Parent = $Parent; Variables = $Variables; Tag = $tags
        Skip = $Skip -or ($Parent -and $Parent.Skip)
        BeforeAll = $null; AfterAll = $null; BeforeEach = $null; AfterEach = $null
        Children = [System.Collections.ArrayList]::new()
        File = $script:Run.File
        Mocks = [System.Collections.ArrayList]::new(); Calls = [System.Collections.ArrayList]::new()
    }
}

function Add-Block {
    param([string]$Kind, [string]$Name, [scriptblock]$Body, [object[]]$ForEach, [bool]$HasForEach, [bool]$Skip, [string[]]$Tag)

    Assert-Discovery -Command $Kind
    $cases = @($null)
    if ($HasForEach) {
        $cases = @($ForEach)
    }

    foreach ($case in $cases) {
        $variables = @{}
        if ($HasForEach) {
            $variables = ConvertTo-CaseVariable -Case $case
        }

        $block = New-Block -Kind $Kind -Name $Name -Parent $script:Run.Current -Variables $variables -Skip $Skip -Tag $Tag
        $null = $script:Run.Current.Children.Add($block)
        $outer = $script:Run.Current
        $script:Run.Current = $block
        try {
            $null = Enter-Scope $block.Variables {
                . $script:Run.Scope.SetVariables $block.Variables
                . $Body
            }
        }
        finally {
            $script:Run.Current = $outer
        }
    }
}

function Add-Setup {
    param([string]$Kind, [scriptblock]$Body)

    Assert-Discovery -Command $Kind
    if ($script:Run.Current[$Kind]) {
        throw "$Kind is already defined in this block; a block may have only one."
    }

    $script:Run.Current[$Kind] = $Body
}

function Assert-Discovery {
    param([string]$Command)

    if (-not $script:Run) {
        throw "$Command works only in a file that Invoke-Pester runs."
    }

    if ($script:Run.Phase -ne 'Discovery') {
        throw "$Command cannot be used inside of It, BeforeAll or the like."
    }
}

function Get-TestIn {
    param($Block)

    foreach ($child in $Block.Children) {
        if ($child.Kind -eq 'Test') { $child } else { Get-TestIn -Block $child }
    }
}

# A block without a selected test is not entered, so its BeforeAll does not run either.
function Select-Test {
    param($Block, [hashtable]$Filter)

    foreach ($test in @(Get-TestIn -Block $Block)) {
        $test.Selected = $true
        if ($Filter.FullName) {
            $full = $test.Path -join '.'
            $test.Selected = @($Filter.FullName | Where-Object { $full -like $_ }).Count -gt 0
        }

        if ($Filter.Tag -and -not @($test.Tag | Where-Object { $Filter.Tag -contains $_ })) {
            $test.Selected = $false
        }

        if ($Filter.ExcludeTag -and @($test.Tag | Where-Object { $Filter.ExcludeTag -contains $_ })) {
            $test.Selected = $false
        }
    }
}
