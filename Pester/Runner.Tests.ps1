BeforeDiscovery {
    $cases = @(
        @{ A = 1; B = 2; Sum = 3 }
        @{ A = 5; B = 5; Sum = 10 }
    )
}

BeforeAll {
    $top = 'top'
    function Get-Greeting { param([string]$Name) "Hello $Name" }
}

Describe 'The runner' {
    BeforeAll {
        $block = 'block'
        $list = [System.Collections.ArrayList]::new()
    }

    BeforeEach {
        $each = 'each'
        $null = $list.Add('before')
    }

    AfterEach {
        $null = $list.Add('after')
    }

    It 'shows variables and functions of every BeforeAll' {
        $top | Should -Be 'top'
        $block | Should -Be 'block'
        $each | Should -Be 'each'
        Get-Greeting -Name You | Should -Be 'Hello You'
    }

    It 'keeps what a test defines to itself, part one' {
        $private = 1
        $private | Should -Be 1
        $block = 'changed here'
    }

    It 'keeps what a test defines to itself, part two' {
        $private | Should -BeNullOrEmpty
        $block | Should -Be 'block'
    }

    It 'runs the steps around each test in order' {
        $list[0..2] -join ',' | Should -Be 'before,after,before'
    }

    It 'adds <A> and <B>' -TestCases $cases {
        $A + $B | Should -Be $Sum
    }

    It 'binds cases to parameters' -TestCases @{ Value = 4 } {
        param($Value)
        $Value | Should -Be 4
    }

    It 'gives a plain entry as $_: <_>' -ForEach 'x', 'y' {
        $_ | Should -BeIn 'x', 'y'
    }

    Context 'in <Where>' -ForEach @{ Where = 'inner' } {
        It 'knows the entry of its block' {
            $Where | Should -Be 'inner'
            $block | Should -Be 'block'
        }
    }

    It 'can be skipped' -Skip {
        throw 'must not run'
    }

    It 'can say why it skips' {
        Set-ItResult -Skipped -Because 'there is a reason'
    }
}

Describe 'TestDrive' {
    It 'is a drive and a folder' {
        Set-Content -Path TestDrive:\a.txt -Value 'text'
        [System.IO.File]::Exists([System.IO.Path]::Combine($TestDrive, 'a.txt')) | Should -BeTrue
        'TestDrive:\a.txt' | Should -Exist
    }

    Context 'inside' {
        It 'keeps files of the outer block' {
            'TestDrive:\a.txt' | Should -Exist
            Set-Content -Path TestDrive:\b.txt -Value 'text'
        }
    }

    It 'forgets files of a finished block' {
        'TestDrive:\b.txt' | Should -Not -Exist
    }
}

Describe 'Should' {
    It 'passes when <Name>' -TestCases @(
        @{ Name = 'numbers are equal'; Body = { 1 | Should -Be 1 } }
        @{ Name = 'case differs'; Body = { 'A' | Should -Be 'a' } }
        @{ Name = 'case matters'; Body = { 'A' | Should -Not -BeExactly 'a' } }
        @{ Name = 'arrays are equal'; Body = { 1, 2 | Should -Be 1, 2 } }
        @{ Name = 'arrays differ'; Body = { 1, 2 | Should -Not -Be 1, 3 } }
        @{ Name = 'nothing came'; Body = { @() | Should -BeNullOrEmpty } }
        @{ Name = 'null came'; Body = { $null | Should -BeNullOrEmpty } }
        @{ Name = 'something came'; Body = { 'x' | Should -Not -BeNullOrEmpty } }
        @{ Name = 'greater'; Body = { 2 | Should -BeGreaterThan 1 } }
        @{ Name = 'greater or equal'; Body = { 2 | Should -BeGreaterOrEqual 2 } }
        @{ Name = 'less'; Body = { 1 | Should -BeLessThan 2 } }
        @{ Name = 'less or equal'; Body = { 1 | Should -BeLessOrEqual 1 } }
        @{ Name = 'like'; Body = { 'mirror' | Should -BeLike 'MIR*' } }
        @{ Name = 'like exactly'; Body = { 'mirror' | Should -Not -BeLikeExactly 'MIR*' } }
        @{ Name = 'matching'; Body = { 'mirror' | Should -Match '^M' } }
        @{ Name = 'matching exactly'; Body = { 'mirror' | Should -Not -MatchExactly '^M' } }
        @{ Name = 'contained'; Body = { 1, 2 | Should -Contain 2 } }
        @{ Name = 'one of'; Body = { 2 | Should -BeIn 1, 2 } }
        @{ Name = 'counted'; Body = { 1, 2 | Should -HaveCount 2 } }
        @{ Name = 'counted by parameter'; Body = { Should -HaveCount 2 -ActualValue @(1, 2) } }
        @{ Name = 'empty counted'; Body = { @() | Should -HaveCount 0 } }
        @{ Name = 'typed'; Body = { 2 | Should -BeOfType [int] } }
        @{ Name = 'typed by name'; Body = { 'x' | Should -BeOfType 'string' } }
        @{ Name = 'thrown'; Body = { { throw 'xyz' } | Should -Throw 'x*' } }
        @{ Name = 'thrown by type'; Body = { { [int]::Parse('x') } | Should -Throw -ExceptionType ([System.Management.Automation.MethodInvocationException]) } }
        @{ Name = 'thrown by id'; Body = { { Write-Error 'x' -ErrorId MyId -ErrorAction Stop } | Should -Throw -ErrorId 'MyId*' } }
        @{ Name = 'not thrown'; Body = { { 1 } | Should -Not -Throw } }
        @{ Name = 'thrown and passed on'; Body = { ({ throw 'xyz' } | Should -Throw -PassThru).Exception.Message | Should -Be 'xyz' } }
    ) {
        & $Body
    }

    It 'fails when <Name>' -TestCases @(
        @{ Name = 'values differ'; Body = { 1 | Should -Be 2 -Because 'of that' }; Text = '*1*' }
        @{ Name = 'null is not empty text'; Body = { $null | Should -Be '' }; Text = '*null*' }
        @{ Name = 'nothing is thrown'; Body = { { 1 } | Should -Throw }; Text = '*' }
        @{ Name = 'the message differs'; Body = { { throw 'a' } | Should -Throw 'b' }; Text = '*' }
        @{ Name = 'something is thrown'; Body = { { throw 'a' } | Should -Not -Throw }; Text = '*a*' }
        @{ Name = 'the count differs'; Body = { 1, 2 | Should -HaveCount 3 }; Text = '*3*' }
    ) {
        $Body | Should -Throw $Text
    }
}

Describe 'Mock' {
    BeforeAll {
        $module = New-Module -Name MockTarget -ScriptBlock {
            function Get-Inner { param([string]$Key) "real $Key" }
            function Get-Outer { param([string]$Key) Get-Inner -Key $Key }
            Export-ModuleMember -Function Get-Outer
        }
        Import-Module $module -Force
    }

    AfterAll {
        Remove-Module MockTarget -Force
    }

    It 'replaces a command inside a module' {
        Mock Get-Inner { "mocked $Key" } -ModuleName MockTarget
        Get-Outer -Key a | Should -Be 'mocked a'
        Should -Invoke Get-Inner -Times 1 -Exactly -ModuleName MockTarget
        Should -Invoke Get-Inner -Times 1 -ModuleName MockTarget -ParameterFilter { $Key -eq 'a' }
        Should -Not -Invoke Get-Inner -ModuleName MockTarget -ParameterFilter { $Key -eq 'b' }
    }

    It 'ends with its test' {
        Get-Outer -Key a | Should -Be 'real a'
    }

    It 'chooses by parameter filter' {
        Mock Get-Inner { 'any' } -ModuleName MockTarget
        Mock Get-Inner { 'b' } -ModuleName MockTarget -ParameterFilter { $Key -eq 'b' }
        Get-Outer -Key a | Should -Be 'any'
        Get-Outer -Key b | Should -Be 'b'
    }

    It 'replaces a cmdlet in the test itself' {
        Mock Get-Date { 'now' }
        Get-Date | Should -Be 'now'
        Should -Invoke Get-Date -Times 1 -Exactly
    }

    It 'sees private functions with InModuleScope' {
        InModuleScope MockTarget { Get-Inner -Key x } | Should -Be 'real x'
        InModuleScope MockTarget -Parameters @{ Given = 'y' } { Get-Inner -Key $Given } | Should -Be 'real y'
    }
}
