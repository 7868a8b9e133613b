# The about topics: found by Get-Help, laid out as these are, and true as far as names go.
Describe 'About topics' {
    BeforeAll {
        $module = Import-Module -Name MirrorBackup -PassThru
        . "$PSScriptRoot/fixtures/CallProblem.ps1"
        $topics = @(foreach ($file in [System.IO.Directory]::GetFiles([System.IO.Path]::Combine($module.ModuleBase, 'en-US'), 'about_*.help.txt') | Sort-Object) {
                $text = [System.IO.File]::ReadAllText($file).Replace("`r", '')
                @{
                    Name  = [System.IO.Path]::GetFileName($file).Replace('.help.txt', '')
                    Text  = $text
                    Lines = $text.Split("`n")
                    # What is set apart as code, each block with its lines joined.
                    Code  = @([regex]::Matches($text, '(?m)(?<=^\n?)(^ {8,}\S.*\n)+').Value | Where-Object -FilterScript { $_ -match '(?m)^ {8}(\$|\(?[A-Z][a-z]+-[A-Z]|try )' })
                }
            })
        $words = @($module.ExportedCommands.Values | ForEach-Object -Process { $_.Parameters.Keys }) + [System.Management.Automation.PSCmdlet]::CommonParameters
        # Parameters of cmdlets of Windows and PowerShell that the topics speak of.
        $words += 'ReadAccess', 'VisibleFunctions'
    }

    It 'are these at least' {
        foreach ($name in 'MirrorBackup', 'BackupGenerations', 'BackupRetention', 'BackupShadowCopies', 'BackupPermissions', 'BackupRecovery') { $topics.Name | Should -Contain "about_$name" }
    }

    It 'are found by Get-Help' {
        foreach ($topic in $topics) { (Get-Help -Name $topic.Name | Out-String).Replace("`r", '').Trim() | Should -Be $topic.Text.Trim() }
    }

    It 'have the parts of a topic, in their order, and fit into 80 columns' {
        foreach ($topic in $topics) {
            $heads = @($topic.Lines | Where-Object -FilterScript { $_ -cmatch '^\S' })
            $heads | Should -Be @('TOPIC', 'SHORT DESCRIPTION', 'LONG DESCRIPTION', 'EXAMPLES', 'SEE ALSO') -Because $topic.Name
            $topic.Lines[1].Trim() | Should -Be $topic.Name
            # Lists of topics show its first line only.
            $topic.Text | Should -Match '(?m)^SHORT DESCRIPTION\n    [A-Z].*\.\n\nLONG DESCRIPTION$' -Because $topic.Name
            foreach ($line in $topic.Lines) {
                $line.Length | Should -BeLessOrEqual 80 -Because "$($topic.Name): $line"
                $line | Should -Not -Match '\t|\s$' -Because $topic.Name
            }
        }
    }

    It 'name only cmdlets, parameters and topics that exist' {
        foreach ($topic in $topics) {
            foreach ($match in [regex]::Matches($topic.Text, '(?-i)\b[A-Z][a-z]+-(MirrorBackup|Backup[A-Z]\w+|ShadowCopy|HardLink)\b')) {
                @($module.ExportedCommands.Keys) | Should -Contain $match.Value -Because $topic.Name
            }
            $prose = $topic.Text
            foreach ($code in $topic.Code) { $prose = $prose.Replace($code, '') }
            foreach ($match in [regex]::Matches($prose, '(?-i)(?<=[\s(])-([A-Z]\w+)')) { $words | Should -Contain $match.Groups[1].Value -Because $topic.Name }
            foreach ($match in [regex]::Matches($topic.Text, 'about_\w+')) { $topics.Name | Should -Contain $match.Value -Because $topic.Name }
        }
    }

    It 'have code that parses, and calls that fit the cmdlets' {
        foreach ($topic in $topics) {
            $topic.Code.Count | Should -BeGreaterThan 2 -Because $topic.Name
            foreach ($code in $topic.Code) {
                $errors = $null
                $ast = [System.Management.Automation.Language.Parser]::ParseInput($code, [ref]$null, [ref]$errors)
                $errors.Count | Should -Be 0 -Because $code
                foreach ($call in $ast.FindAll({ param($node) $node -is [System.Management.Automation.Language.CommandAst] }, $true)) {
                    $called = Get-Command -Name $call.GetCommandName() -ErrorAction Ignore
                    if ($called.ModuleName -eq 'MirrorBackup') { Get-CallProblem $call $called | Should -BeNullOrEmpty -Because $code }
                }
            }
        }
    }

    It 'lead from about_MirrorBackup to every cmdlet and every topic' {
        $first = @($topics | Where-Object -FilterScript { $_.Name -eq 'about_MirrorBackup' })[0]
        foreach ($name in @($module.ExportedCommands.Keys) + $topics.Name) { $first.Text | Should -Match "\b$name\b" }
    }
}
