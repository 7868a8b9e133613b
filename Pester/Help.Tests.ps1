# Every cmdlet and every parameter is explained, and the examples are PowerShell.
Describe 'Help' {
    BeforeAll {
        $module = Import-Module -Name MirrorBackup -PassThru
        $helps = @(foreach ($name in $module.ExportedCommands.Keys) { Get-Help -Name $name -Full })
        $text = { param($part) (@($part) | ForEach-Object -Process { $_.Text }) -join "`n" }
        . "$PSScriptRoot/fixtures/CallProblem.ps1"
        $format = [xml][System.IO.File]::ReadAllText([System.IO.Path]::Combine($module.ModuleBase, 'MirrorBackup.Format.ps1xml'))
        $views = @($format.Configuration.ViewDefinitions.View.ViewSelectedBy.TypeName)
    }

    It 'has a synopsis and a description, which says when to use it' {
        foreach ($help in $helps) {
            $command = $help.Name
            $help.Synopsis | Should -Match '^[A-Z].*\.$' -Because $command
            $description = & $text $help.Description
            $description.Length | Should -BeGreaterThan 80 -Because $command
            $description | Should -Match '(?-i)(^|\n)Use it ' -Because "when to use $command"
        }
    }

    It 'explains every parameter, and none that does not exist' {
        foreach ($help in $helps) {
            $command = Get-Command -Name $help.Name
            $common = [System.Management.Automation.PSCmdlet]::CommonParameters + 'ProgressAction'
            $given = @($command.Parameters.Keys | Where-Object -FilterScript { $common -notcontains $_ })
            foreach ($name in $given) {
                $parameter = @($help.Parameters.Parameter | Where-Object -FilterScript { $_.Name -eq $name })
                (& $text $parameter.Description).Length | Should -BeGreaterThan 15 -Because "$($help.Name) -$name"
            }
            foreach ($name in $command.ScriptBlock.Ast.GetHelpContent().Parameters.Keys) { $given | Should -Contain $name -Because $help.Name }
        }
    }

    It 'names the values a parameter accepts, and its default' {
        foreach ($help in $helps) {
            foreach ($parameter in (Get-Command -Name $help.Name).ScriptBlock.Ast.Body.ParamBlock.Parameters) {
                $name = $parameter.Name.VariablePath.UserPath
                $explanation = & $text @($help.Parameters.Parameter | Where-Object -FilterScript { $_.Name -eq $name }).Description
                foreach ($set in $parameter.Attributes | Where-Object -FilterScript { $_.TypeName.Name -eq 'ValidateSet' }) {
                    foreach ($value in $set.PositionalArguments.Value) { $explanation | Should -Match "\b$value\b" -Because "$($help.Name) -$name" }
                }
                if ($null -eq $parameter.DefaultValue) { continue }
                $value = [string]$parameter.DefaultValue.SafeGetValue()
                $words = if ($value -match '\w') { [regex]::Escape($value) } else { '(all|none)' }
                $explanation | Should -Match "Default:\s$words\b" -Because "$($help.Name) -$name"
            }
        }
    }

    It 'says what it takes and what it outputs, as the code does' {
        foreach ($help in $helps) {
            $command = $help.Name
            ($help.InputTypes | Out-String).Trim() | Should -Not -BeNullOrEmpty -Because $command
            $outputs = ($help.ReturnValues | Out-String).Trim()
            $outputs | Should -Match 'MirrorBackup\.|System\.IO\.' -Because $command
            foreach ($type in (Get-Command -Name $command).OutputType.Name) {
                $outputs | Should -Match "(?-i)\b$([regex]::Escape($type))\b" -Because $command
            }
            foreach ($match in [regex]::Matches($outputs, 'MirrorBackup\.[A-Z]\w+')) { $views | Should -Contain $match.Value -Because $command }
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

    # No abbreviations either: they may become ambiguous. Programs and what the machine lacks are left out.
    It 'calls in its examples only what exists, with parameters that fit together' {
        foreach ($help in $helps) {
            foreach ($example in $help.Examples.Example) {
                $ast = [System.Management.Automation.Language.Parser]::ParseInput($example.Code, [ref]$null, [ref]$null)
                foreach ($call in $ast.FindAll({ param($node) $node -is [System.Management.Automation.Language.CommandAst] }, $true)) {
                    $called = Get-Command -Name $call.GetCommandName() -ErrorAction Ignore
                    $called | Should -Not -BeNullOrEmpty -Because $example.Code
                    $problem = Get-CallProblem $call $called
                    $problem | Should -BeNullOrEmpty -Because $example.Code
                }
            }
        }
    }

    It 'links to the topic, and to nothing that does not exist' {
        foreach ($help in $helps) {
            $links = @($help.RelatedLinks.NavigationLink | ForEach-Object -Process { $_.LinkText })
            $links | Should -Contain 'about_MirrorBackup' -Because $help.Name
            foreach ($link in $links) {
                $file = [System.IO.Path]::Combine($module.ModuleBase, 'en-US', "$link.help.txt")
                ($module.ExportedCommands.ContainsKey($link) -or [System.IO.File]::Exists($file)) | Should -BeTrue -Because "$($help.Name): $link"
            }
        }
    }
}
