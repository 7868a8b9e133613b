# What Tab offers, with the engine and real files. What it writes into the command line is run, not only looked at.
Describe 'Completion' {
    BeforeAll {
        $module = Import-Module -Name MirrorBackup -PassThru
        $onWindows = [System.IO.Path]::DirectorySeparatorChar -eq '\'
        $root = [System.IO.Path]::Combine($TestDrive, 'c')
        $source = [System.IO.Path]::Combine($root, 'my docs')
        $set = [System.IO.Path]::Combine($root, "b set's")
        foreach ($folder in $source, $set, [System.IO.Path]::Combine($root, 'another folder'), [System.IO.Path]::Combine($root, '.hidden')) { $null = [System.IO.Directory]::CreateDirectory($folder) }
        # Names that a command line does not take as they are; Windows forbids some.
        $odd = @("it's", "typo$([char]0x2019)graphy", 'do$lar', 'back`tick', 'br[ack]ets', '{braces}', '-dash', 'a b', 'semi;colon', 'plain.txt', ([char]0x65E5 + [string][char]0x672C))
        if (-not $onWindows) { $odd += "new`nline", 'star*', 'que?stion', 'quo"te' }
        foreach ($name in $odd) { [System.IO.File]::WriteAllText([System.IO.Path]::Combine($source, $name), $name) }
        $made = New-MirrorBackup $source $set -Snapshot None

        function Get-Completion {
            param([string]$Line)
            return @([System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches)
        }
        function Get-Value { param([string]$Text) (& ([scriptblock]::Create("param(`$v) `$v")) (& ([scriptblock]::Create("Write-Output -InputObject $Text")))) }
        $quotedSet = "'" + $set.Replace("'", "''") + "'"
    }

    It 'offers sets before other folders, for every cmdlet that works on a set' {
        $commands = @($module.ExportedCommands.Values | Where-Object -FilterScript { @($_.Parameters.Values | Where-Object -FilterScript { 'SetPath' -in @($_.Name) + $_.Aliases }).Count })
        $commands.Count | Should -BeGreaterThan 8
        foreach ($command in $commands) {
            $parameter = @($command.Parameters.Values | Where-Object -FilterScript { 'SetPath' -in @($_.Name) + $_.Aliases })[0].Name
            $found = Get-Completion "$($command.Name) -$parameter '$root/"
            $found[0].ListItemText | Should -Be "b set's" -Because $command.Name
            $found.ListItemText | Should -Contain 'another folder' -Because $command.Name
            $found.ListItemText | Should -Not -Contain '.hidden' -Because $command.Name
            [System.IO.Directory]::Exists((Get-Value $found[0].CompletionText)) | Should -BeTrue
        }
    }

    It 'offers folders by the beginning of their name, also relative ones' {
        (Get-Completion "Get-BackupGeneration $root/AN").ListItemText | Should -Be 'another folder'
        Push-Location -LiteralPath $root
        try { (Get-Completion 'Get-BackupGeneration b').CompletionText | Should -Be "'b set''s'" }
        finally { Pop-Location }
    }

    It 'writes paths that <Command> -<Parameter> finds, whatever the names' -TestCases @(
        @{ Command = 'Restore-BackupItem'; Parameter = 'Path'; More = '-To out -WhatIf' }
        @{ Command = 'Restore-BackupItem'; Parameter = 'LiteralPath'; More = '-To out -WhatIf' }
        @{ Command = 'Find-BackupItem'; Parameter = 'Path'; More = '' }
        @{ Command = 'Find-BackupItem'; Parameter = 'LiteralPath'; More = '' }
    ) {
        param($Command, $Parameter, $More)
        $found = Get-Completion "$Command -SetPath $quotedSet -$Parameter 'my docs/"
        $found.Count | Should -Be $odd.Count
        $arguments = $found.CompletionText -join ', '
        Push-Location -LiteralPath $root
        try { $items = @(& ([scriptblock]::Create("$Command -SetPath $quotedSet -$Parameter $arguments $More"))) }
        finally { Pop-Location }
        # As it is on disk: names with control characters are written in the notation of paths.
        @($items.Path | Sort-Object) | Should -Be @($odd | ForEach-Object -Process { 'my docs/' + $_ } | Sort-Object)
    }

    It 'offers the sources of a set' {
        (Get-Completion "Restore-BackupItem -SetPath $quotedSet -Path ").CompletionText | Should -Be "'my docs'"
        foreach ($line in "Compare-BackupGeneration -SetPath $quotedSet -Source ", "New-MirrorBackup -Destination $quotedSet -Source ", "Import-BackupGeneration x -SetPath $quotedSet -SourcePath ") {
            Get-Value (Get-Completion $line)[0].CompletionText | Should -Be $source
        }
    }

    It 'offers generations, newest first' {
        (Get-Completion "Test-BackupGeneration $quotedSet -Name ").CompletionText | Should -Be $made.Name
    }

    It 'writes nothing, and says nothing where there is nothing' {
        $before = @(Get-ChildItem -LiteralPath $set -Recurse -Force | ForEach-Object -Process { "$($_.FullName) $($_.LastWriteTimeUtc.Ticks)" })
        foreach ($line in @(
                "Get-BackupGeneration -SetPath $quotedSet -Name "
                "Restore-BackupItem -SetPath $quotedSet -Generation nothing -Path x"
                "Restore-BackupItem -SetPath '$root/nothing' -Path x"
                "Compare-BackupGeneration -SetPath '$root/nothing' -Source x"
                "Get-BackupGeneration -SetPath '$root/nothing/x"
                "Remove-BackupGeneration -SetPath '$root/another folder' -Name x"
                'Get-BackupGeneration -SetPath "nowhere:\'
                'Remove-ShadowCopy -Id nothing'
                'Dismount-ShadowCopy -Id x -Path nothing'
                'Get-ShadowCopy -Volume nothing'
                'New-ShadowCopy -Volume '
                'Remove-BackupGeneration x -TimeZone Europe/Berl'
            )) { { Get-Completion $line } | Should -Not -Throw }
        @(Get-ChildItem -LiteralPath $set -Recurse -Force | ForEach-Object -Process { "$($_.FullName) $($_.LastWriteTimeUtc.Ticks)" }) | Should -Be $before
    }
}
