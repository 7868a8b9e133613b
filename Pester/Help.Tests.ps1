# Every cmdlet and every parameter is explained, and the examples are PowerShell.
Describe 'Help' {
    BeforeAll {
        $module = Import-Module -Name MirrorBackup -PassThru
        $helps = @(foreach ($name in $module.ExportedCommands.Keys) { Get-Help -Name $name -Full })
        $text = { param($part) (@($part) | ForEach-Object -Process { $_.Text }) -join "`n" }
    }

    It 'has a synopsis and a description' {
        foreach ($help in $helps) {
            $command = $help.Name
            $help.Synopsis | Should -Match '^[A-Z].*\.$' -Because $command
            (& $text $help.Description).Length | Should -BeGreaterThan 80 -Because $command
        }
    }

    It 'explains every parameter' {
        foreach ($help in $helps) {
            $command = $help.Name
            $common = [System.Management.Automation.PSCmdlet]::CommonParameters + 'ProgressAction'
            $given = @((Get-Command -Name $command).Parameters.Keys | Where-Object -FilterScript { $common -notcontains $_ })
            foreach ($name in $given) {
                $parameter = @($help.Parameters.Parameter | Where-Object -FilterScript { $_.Name -eq $name })
                (& $text $parameter.Description).Length | Should -BeGreaterThan 15 -Because "$command -$name"
            }
        }
    }

    It 'says what it takes and what it outputs' {
        foreach ($help in $helps) {
            $command = $help.Name
            ($help.InputTypes | Out-String).Trim() | Should -Not -BeNullOrEmpty -Because $command
            ($help.ReturnValues | Out-String).Trim() | Should -Match 'MirrorBackup\.|System\.IO\.'
        }
    }

    It 'has at least three examples, which name the cmdlet and parse' {
        foreach ($help in $helps) {
            $command = $help.Name
            $examples = @($help.Examples.Example)
            $examples.Count | Should -BeGreaterOrEqual 3
            foreach ($example in $examples) {
                $example.Code | Should -Match $command
                $errors = $null
                $null = [System.Management.Automation.Language.Parser]::ParseInput($example.Code, [ref]$null, [ref]$errors)
                $errors.Count | Should -Be 0 -Because $example.Code
                (& $text $example.Remarks).Trim() | Should -Not -BeNullOrEmpty -Because $example.Code
            }
        }
    }

    It 'uses in its examples only parameters that exist' {
        foreach ($help in $helps) {
            $command = $help.Name
            foreach ($example in $help.Examples.Example) {
                $ast = [System.Management.Automation.Language.Parser]::ParseInput($example.Code, [ref]$null, [ref]$null)
                $calls = $ast.FindAll({ param($node) $node -is [System.Management.Automation.Language.CommandAst] }, $true)
                foreach ($call in $calls) {
                    $called = Get-Command -Name $call.GetCommandName() -ErrorAction Ignore
                    if ($null -eq $called -or $called.ModuleName -ne 'MirrorBackup') { continue }
                    foreach ($element in $call.CommandElements) {
                        if ($element -isnot [System.Management.Automation.Language.CommandParameterAst]) { continue }
                        @($called.Parameters.Keys) | Should -Contain $element.ParameterName -Because $example.Code
                    }
                }
            }
        }
    }

    It 'links to the topic' {
        foreach ($help in $helps) {
            $command = $help.Name
            @($help.RelatedLinks.NavigationLink | ForEach-Object -Process { $_.LinkText }) | Should -Contain 'about_MirrorBackup'
        }
    }
}

Describe 'about_MirrorBackup' {
    It 'exists and names every cmdlet' {
        $module = Import-Module -Name MirrorBackup -PassThru
        $topic = [System.IO.File]::ReadAllText([System.IO.Path]::Combine($module.ModuleBase, 'en-US', 'about_MirrorBackup.help.txt'))
        foreach ($command in $module.ExportedCommands.Keys) { $topic | Should -Match $command }
    }
}
