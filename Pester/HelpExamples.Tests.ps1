# The examples of the help are run, on folders and backup sets that stand for those they name.
Describe 'Examples of the help' {
    BeforeAll {
        $module = Import-Module -Name MirrorBackup -PassThru
        $examples = & "$PSScriptRoot/fixtures/ExampleRuns.ps1"
        . "$PSScriptRoot/fixtures/ExampleWorld.ps1"
        New-ExampleWorld -Root $TestDrive
    }

    It 'are run, or it is said why not' {
        foreach ($command in $module.ExportedCommands.Keys) {
            $isLeft = [bool]@($examples.NotRun.Keys | Where-Object -FilterScript { $command -like $_ })
            ($examples.Run -contains $command) | Should -Be (-not $isLeft) -Because "$command belongs into one list of ExampleRuns.ps1"
        }
    }

    It 'of <Command> do without an error what they say' -TestCases @((& "$PSScriptRoot/fixtures/ExampleRuns.ps1").Run | ForEach-Object -Process { @{ Command = $_ } }) {
        param($Command)
        $isFirst = $true
        foreach ($example in (Get-Help -Name $Command -Full).Examples.Example) {
            $code = Get-ExampleCode $example.Code $TestDrive
            $code.Replace([string]$TestDrive, '.') | Should -Not -Match '(?<!\w)[A-Z]:\\|(?<![\w./}*])/(mnt|srv|home|data|etc|var|opt)\b' -Because "a place in '$($example.Code)' has no stand-in"
            Push-Location -LiteralPath $TestDrive
            try { $output = @(& { $ErrorActionPreference = 'Stop'; $ConfirmPreference = 'None'; $WarningPreference = 'Ignore'; & ([scriptblock]::Create($code)) }) }
            catch { throw "$code : $_" }
            finally { Pop-Location }
            if ($isFirst) { ($output | Select-Object -First 1).PSTypeNames[0] | Should -BeLike 'MirrorBackup.*' -Because $code }
            $isFirst = $false
        }
    }
}
