# The host of module/host: run as a child process, the way people and scripts run it, and its cmdlets from inside.
# What a cmdlet does must be the same in pwsh; the rest is skipped there.
BeforeDiscovery {
    $onWindows = [System.Environment]::OSVersion.Platform -eq 'Win32NT'
    $notHost = $Host.Name -ne 'MirrorBackupHost'
    # These need kill(1).
    $noSignals = $onWindows -or $notHost
}

BeforeAll {
    $executable = [System.Diagnostics.Process]::GetCurrentProcess().MainModule.FileName

    function Start-Shell {
        param([string[]]$Argument)

        $info = [System.Diagnostics.ProcessStartInfo]::new($executable)
        foreach ($value in @('-NoProfile') + $Argument) {
            $info.ArgumentList.Add($value)
        }

        $info.UseShellExecute = $false
        $info.RedirectStandardInput = $true
        $info.RedirectStandardOutput = $true
        $info.RedirectStandardError = $true
        [System.Diagnostics.Process]::Start($info)
    }

    function Invoke-Shell {
        param([string[]]$Argument, [string]$InputText)

        $process = Start-Shell -Argument $Argument
        $process.StandardInput.Write($InputText)
        $process.StandardInput.Close()
        $errorText = $process.StandardError.ReadToEndAsync()
        $output = $process.StandardOutput.ReadToEnd()
        $process.WaitForExit()
        [pscustomobject]@{ ExitCode = $process.ExitCode; Output = $output.TrimEnd(); Error = $errorText.Result }
    }

    function New-Script {
        param([string]$Text)

        $file = [System.IO.Path]::Combine($TestDrive, [guid]::NewGuid().ToString('n') + '.ps1')
        [System.IO.File]::WriteAllText($file, $Text)
        $file
    }
}

Describe 'Exit codes' -Skip:$notHost {
    It 'is <Code> for the command <Text>' -TestCases @(
        @{ Text = '1'; Code = 0 }
        @{ Text = 'exit 7'; Code = 7 }
        @{ Text = 'throw "x"'; Code = 1 }
        @{ Text = 'Write-Error "x"'; Code = 1 }
        @{ Text = 'Write-Error "x"; 1'; Code = 0 }
        @{ Text = 'not-a-command'; Code = 1 }
        @{ Text = 'if ('; Code = 1 }
    ) {
        (Invoke-Shell -Argument '-Command', $Text).ExitCode | Should -Be $Code
    }

    It 'is <Code> for a script with <Text>' -TestCases @(
        @{ Text = '1'; Code = 0 }
        @{ Text = 'exit 7'; Code = 7 }
        @{ Text = 'throw "x"'; Code = 1 }
        @{ Text = '& { exit 5 }'; Code = 5 }
    ) {
        (Invoke-Shell -Argument '-File', (New-Script -Text $Text)).ExitCode | Should -Be $Code
    }

    It 'is not the one of the last native command' -Skip:$onWindows {
        (Invoke-Shell -Argument '-File', (New-Script -Text 'sh -c "exit 9"')).ExitCode | Should -Be 0
    }

    It 'is 64 for a script that does not exist' {
        (Invoke-Shell -Argument '-File', (Join-Path $TestDrive 'missing.ps1')).ExitCode | Should -Be 64
    }

    It 'loses no output on exit' {
        (Invoke-Shell -Argument '-Command', '"one" | Get-Member -Name Clone; "two"; exit 3').Output | Should -BeLike '*Clone*two'
    }
}

Describe 'Arguments of a script' -Skip:$notHost {
    It 'binds names, switches, positions and values after a colon' {
        $script = New-Script -Text 'param([string]$Name, [switch]$On, [switch]$Off, [int]$Number, [Parameter(ValueFromRemainingArguments)]$Rest) "$Name|$On|$Off|$Number|$Rest"'
        (Invoke-Shell -Argument '-File', $script, '-Name', 'a b', '-On', '-Off:$false', '-Number:5', 'x', 'y z').Output | Should -Be 'a b|True|False|5|x y z'
    }

    It 'keeps empty ones and quotes' {
        $script = New-Script -Text '$args.Count; $args[0].Length; $args[1]'
        (Invoke-Shell -Argument '-File', $script, '', 'a"b').Output -split "`r?`n" | Should -Be '2', '0', 'a"b'
    }
}

Describe 'Standard input' -Skip:$notHost {
    It 'is the script for -Command -' {
        $result = Invoke-Shell -Argument '-Command', '-' -InputText "'from ' + 'input'`nexit 4`n"
        $result.Output | Should -Be 'from input'
        $result.ExitCode | Should -Be 4
    }

    It 'answers prompts' {
        (Invoke-Shell -Argument '-Command', '"got " + (Read-Host)' -InputText "text`n").Output | Should -BeLike '*got text'
    }

    It 'answers a missing mandatory parameter' {
        $text = 'function f { param([Parameter(Mandatory)][string]$Name) "name $Name" }; f'
        (Invoke-Shell -Argument '-Command', $text -InputText "me`n").Output | Should -BeLike '*name me'
    }

    It 'answers a missing mandatory parameter that is a list' {
        $text = 'function f { param([Parameter(Mandatory)][string[]]$Name) "names $($Name -join "+")" }; f'
        (Invoke-Shell -Argument '-Command', $text -InputText "me`nyou`n`n").Output | Should -BeLike '*names me+you'
    }

    It 'is refused with -NonInteractive' {
        $result = Invoke-Shell -Argument '-NonInteractive', '-Command', 'Read-Host' -InputText "text`n"
        $result.ExitCode | Should -Be 1
        $result.Error | Should -BeLike '*NonInteractive*'
    }
}

Describe 'Streams' -Skip:$notHost {
    It 'writes errors to stderr without a stack trace' {
        $result = Invoke-Shell -Argument '-Command', 'Write-Error "oops"; "fine"'
        $result.Output | Should -Be 'fine'
        $result.Error | Should -BeLike '*Write-Error*oops*'
        $result.Error | Should -Not -BeLike '* at System.*'
    }

    It 'prefixes warnings and verbose messages' {
        (Invoke-Shell -Argument '-Command', 'Write-Warning "w"; Write-Verbose "v" -Verbose').Output -split "`r?`n" | Should -Be 'WARNING: w', 'VERBOSE: v'
    }

    It 'shows no progress where stderr is no terminal' {
        (Invoke-Shell -Argument '-Command', 'Write-Progress -Activity a -Status b -PercentComplete 5').Error | Should -BeNullOrEmpty
    }
}

Describe 'Stopping' -Skip:$noSignals {
    It 'runs finally blocks and ends with <Code> on <Signal>' -TestCases @(
        @{ Signal = 'INT'; Code = 130 }
        @{ Signal = 'TERM'; Code = 143 }
    ) {
        $process = Start-Shell -Argument '-Command', 'try { [Console]::Out.WriteLine("started"); Start-Sleep -Seconds 30 } finally { [Console]::Out.WriteLine("cleaned") }'
        $process.StandardOutput.ReadLine() | Should -Be 'started'
        & /bin/kill "-$Signal" $process.Id
        $process.WaitForExit(10000) | Should -BeTrue
        $process.StandardOutput.ReadToEnd().Trim() | Should -Be 'cleaned'
        $process.StandardError.ReadToEnd() | Should -BeNullOrEmpty
        $process.ExitCode | Should -Be $Code
    }
}

Describe 'Select-Object -First' {
    It 'stops what comes before it, and runs its finally' {
        $seen = [System.Collections.ArrayList]::new()
        function Get-Many { try { foreach ($i in 1..1000) { $null = $seen.Add($i); $i } } finally { $null = $seen.Add('finally') } }
        Get-Many | Select-Object -First 2 | Should -Be 1, 2
        $seen | Should -Be 1, 2, 'finally'
    }

    It 'lets later commands finish' {
        1..5 | Select-Object -First 3 | Measure-Object -Sum | ForEach-Object { $_.Sum } | Should -Be 6
    }
}

Describe 'Object cmdlets' {
    It 'selects, renames and expands' {
        $item = [pscustomobject]@{ A = 1; B = 2, 3; C = 'x' }
        ($item | Select-Object A, @{ Name = 'Double'; Expression = { $_.A * 2 } }).Double | Should -Be 2
        $item | Select-Object -ExpandProperty B | Should -Be 2, 3
        ($item | Select-Object * -ExcludeProperty C).PSObject.Properties.Name | Should -Be 'A', 'B'
        1, 2, 3, 4 | Select-Object -Last 2 | Should -Be 3, 4
        1, 2, 3, 4 | Select-Object -Skip 1 -First 2 | Should -Be 2, 3
    }

    It 'sorts by several keys' {
        $items = @([pscustomobject]@{ N = 'b'; V = 1 }, [pscustomobject]@{ N = 'a'; V = 1 }, [pscustomobject]@{ N = 'c'; V = 2 })
        ($items | Sort-Object @{ Expression = 'V'; Descending = $true }, N).N -join '' | Should -Be 'cab'
        3, 1, 2, 1 | Sort-Object -Unique | Should -Be 1, 2, 3
    }

    It 'groups' {
        $groups = 'apple', 'avocado', 'bean' | Group-Object { $_[0] }
        $groups.Count | Should -Be 2
        $groups[0].Group | Should -Be 'apple', 'avocado'
        ('a', 'b', 'a' | Group-Object -AsHashTable -AsString)['a'].Count | Should -Be 2
    }

    It 'compares' {
        $sides = Compare-Object 1, 2 2, 3 | Sort-Object InputObject
        $sides.SideIndicator | Should -Be '<=', '=>'
    }
}

Describe 'JSON' {
    It 'survives a round trip' {
        $text = '{"name":"x","list":[1,2.5,true,null],"deep":{"inner":{"value":"\u00e9\n"}}}'
        $object = $text | ConvertFrom-Json
        $object.list[1] | Should -Be 2.5
        $again = $object | ConvertTo-Json -Depth 5 -Compress | ConvertFrom-Json
        $again.deep.inner.value | Should -BeExactly "$([char]0xe9)`n"
        $again.list.Count | Should -Be 4
    }

    It 'keeps one-element arrays' {
        ConvertTo-Json -InputObject @(1) -Compress | Should -Be '[1]'
    }
}

Describe 'Files' {
    It 'writes and reads text' {
        'a', 'b' | Set-Content -Path TestDrive:\t.txt
        Add-Content -Path TestDrive:\t.txt -Value 'c'
        Get-Content -Path TestDrive:\t.txt | Should -Be 'a', 'b', 'c'
        Get-Content -Path TestDrive:\t.txt -Tail 1 | Should -Be 'c'
        'x' > TestDrive:\r.txt
        Get-Content -Path TestDrive:\r.txt -Raw | Should -Be "x$([Environment]::NewLine)"
    }

    It 'lists recursively by pattern' {
        $null = New-Item -Path TestDrive:\d\e\f.log -ItemType File -Force
        (Get-ChildItem -Path TestDrive:\ -Recurse -Filter *.log).Name | Should -Be 'f.log'
        Get-ChildItem -Path TestDrive:\ -Recurse -Directory | Should -HaveCount 2
    }

    It 'copies, moves and removes' {
        Set-Content -Path TestDrive:\1.txt -Value 1
        Copy-Item -Path TestDrive:\1.txt -Destination TestDrive:\2.txt
        Move-Item -Path TestDrive:\2.txt -Destination TestDrive:\3.txt
        Remove-Item -Path TestDrive:\1.txt
        (Test-Path TestDrive:\1.txt), (Test-Path TestDrive:\2.txt), (Test-Path TestDrive:\3.txt) | Should -Be $false, $false, $true
    }

    It 'does nothing with -WhatIf' {
        Set-Content -Path TestDrive:\w.txt -Value 1
        $null = Remove-Item -Path TestDrive:\w.txt -WhatIf
        'TestDrive:\w.txt' | Should -Exist
    }

    It 'reports a missing path with the id of pwsh' {
        { Get-Item -Path TestDrive:\none -ErrorAction Stop } | Should -Throw -ErrorId 'PathNotFound,Microsoft.PowerShell.Commands.GetItemCommand'
    }
}

Describe 'Format views' {
    It 'uses custom tables with groups, alignment and script blocks' {
        $file = [System.IO.Path]::Combine($TestDrive, 'view.ps1xml')
        [System.IO.File]::WriteAllText($file, @'
<Configuration><ViewDefinitions><View><Name>Thing</Name><ViewSelectedBy><TypeName>Test.Thing</TypeName></ViewSelectedBy>
<GroupBy><PropertyName>Kind</PropertyName></GroupBy>
<TableControl><TableHeaders><TableColumnHeader><Label>Name</Label><Width>8</Width></TableColumnHeader><TableColumnHeader><Label>Double</Label><Width>8</Width><Alignment>Right</Alignment></TableColumnHeader></TableHeaders>
<TableRowEntries><TableRowEntry><TableColumnItems><TableColumnItem><PropertyName>Name</PropertyName></TableColumnItem><TableColumnItem><ScriptBlock>$_.Value * 2</ScriptBlock></TableColumnItem></TableColumnItems></TableRowEntry></TableRowEntries></TableControl></View></ViewDefinitions></Configuration>
'@)
        Update-FormatData -PrependPath $file
        $things = foreach ($kind in 'a', 'b') { [pscustomobject]@{ PSTypeName = 'Test.Thing'; Name = "n$kind"; Kind = $kind; Value = 21 } }
        $lines = @($things | Out-String -Stream -Width 80 | ForEach-Object { $_.TrimEnd() } | Where-Object { $_ })
        $lines | Should -Contain '   Kind: a'
        $lines | Should -Contain 'Name       Double'
        $lines | Should -Contain 'nb             42'
    }

    It 'formats tables, lists and wide lists on request' {
        $item = [pscustomobject]@{ A = 1; B = 2 }
        ($item | Format-Table A | Out-String).Trim() -split "`r?`n" | ForEach-Object { $_.Trim() } | Should -Be 'A', '-', '1'
        ($item | Format-List B | Out-String).Trim() | Should -Be 'B : 2'
        ($item | Format-Wide A | Out-String).Trim() | Should -Be '1'
    }
}
