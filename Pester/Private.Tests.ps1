# Private functions with rules of their own: text on the wire, times, command lines.
Describe 'Private functions' {
    BeforeAll {
        $module = Import-Module -Name MirrorBackup -PassThru
        $escape = [string][char]0x241B
    }

    Context 'ConvertTo-EngineJson' {
        It 'writes <Json>' -TestCases @(
            @{ Value = $null; Json = 'null' }
            @{ Value = $true; Json = 'true' }
            @{ Value = [switch]$false; Json = 'false' }
            @{ Value = 5GB; Json = '5368709120' }
            @{ Value = 1.5; Json = '1.5' }
            @{ Value = ''; Json = '""' }
            @{ Value = 'plain text'; Json = '"plain text"' }
            @{ Value = "q`"b\s/n`n$([char]0)$([char]127)"; Json = '"q\u0022b\u005cs/n\u000a\u0000\u007f"' }
            @{ Value = "$([char]0xE9)$([char]0x241B)FF"; Json = '"\u00e9\u241bFF"' }
            @{ Value = "$([char]0xD83D)$([char]0xDE00)"; Json = '"\ud83d\ude00"' }
            @{ Value = "a$([char]0xD800)b"; Json = '"a\u241bED\u241bA0\u241b80b"' }
            @{ Value = "$([char]0xDFFF)$([char]0xD83D)$([char]0xDE00)"; Json = '"\u241bED\u241bBF\u241bBF\ud83d\ude00"' }
            @{ Value = @(); Json = '[]' }
            @{ Value = @('a'); Json = '["a"]' }
            @{ Value = @(1, @(2, 3)); Json = '[1,[2,3]]' }
            @{ Value = [ordered]@{ b = 1; a = @{ c = @('x') } }; Json = '{"b":1,"a":{"c":["x"]}}' }
        ) {
            param($Value, $Json)
            & $module { param($value) ConvertTo-EngineJson $value } $Value | Should -BeExactly $Json
        }

        It 'ignores what is attached to a string' {
            $text = Add-Member -InputObject 'text' -MemberType NoteProperty -Name PSPath -Value 'x' -PassThru
            & $module { param($value) ConvertTo-EngineJson $value } $text | Should -BeExactly '"text"'
        }
    }

    Context 'ConvertFrom-EngineJson' {
        It 'reads objects, arrays and plain values' {
            $value = & $module { ConvertFrom-EngineJson '{"a":[{"x":1,"y":[1,2]},{"z":{"k":"v"}}],"n":12345678901,"f":1.5,"t":true,"o":null,"e":[],"s":"\u0000\ud83d\ude00","d":"2026-11-23T10:15:00Z"}' }
            $value.a[0].y[1] | Should -Be 2
            $value.a[1].z.k | Should -Be 'v'
            $value.n | Should -Be 12345678901
            $value.f | Should -Be 1.5
            $value.t | Should -BeTrue
            $value.o | Should -BeNullOrEmpty
            @($value.e).Count | Should -Be 0
            $value.s | Should -BeExactly "$([char]0)$([char]0xD83D)$([char]0xDE00)"
            $value.d | Should -BeOfType ([string])
            $value.missing.too | Should -BeNullOrEmpty
        }

        It 'refuses <Line>' -TestCases @(
            @{ Line = 'garbage' }
            @{ Line = '{"a":1' }
            @{ Line = '{"a":1} more' }
        ) {
            param($Line)
            { & $module { param($line) ConvertFrom-EngineJson $line } $Line } | Should -Throw
        }

        It 'reads a thousand items fast' {
            $item = '{"change":"Added","action":"Copied","itemType":"File","path":"docs/a/file.txt","oldPath":null,"length":1,"lastWriteTime":"2026-11-23T10:15:00.123456789Z","reason":"new"}'
            $line = '{"params":{"items":[' + ((1..1000 | ForEach-Object -Process { $item }) -join ',') + ']}}'
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            $count = & $module { param($line) @(ConvertTo-ItemChange (ConvertFrom-EngineJson $line).params.items).Count } $line
            $count | Should -Be 1000
            $clock.Elapsed.TotalSeconds | Should -BeLessThan 3
        }
    }

    Context 'ConvertFrom-EngineTime' {
        It 'reads <Time>' -TestCases @(
            @{ Time = '2026-11-23T10:15:00Z'; Ticks = 0 }
            @{ Time = '2026-11-23T10:15:00.5Z'; Ticks = 5000000 }
            @{ Time = '2026-11-23T10:15:00.1234567Z'; Ticks = 1234567 }
            @{ Time = '2026-11-23T10:15:00.123456799Z'; Ticks = 1234567 }
        ) {
            param($Time, $Ticks)
            $read = & $module { param($time) ConvertFrom-EngineTime $time } $Time
            $read.UtcTicks | Should -Be ([datetime]::new(2026, 11, 23, 10, 15, 0).Ticks + $Ticks)
        }

        It 'has nothing for <Time>' -TestCases @(
            @{ Time = '+012026-11-23T10:15:00Z' }
            @{ Time = '2026-11-23' }
            @{ Time = '' }
        ) {
            param($Time)
            & $module { param($time) ConvertFrom-EngineTime $time } $Time | Should -BeNullOrEmpty
        }
    }

    Context 'ConvertTo-DisplayText' {
        It 'leaves printable text alone' {
            $text = "plain [x] $([char]0xE9)$([char]0xD83D)$([char]0xDE00) ${escape}FF"
            & $module { param($text) ConvertTo-DisplayText $text } $text | Should -BeExactly $text
        }

        It 'escapes what a terminal would obey' {
            $text = "a`n$([char]27)[31m$([char]0x9B)$([char]0x202E)"
            & $module { param($text) ConvertTo-DisplayText $text } $text | Should -BeExactly "a${escape}0A${escape}1B[31m${escape}C2${escape}9B${escape}E2${escape}80${escape}AE"
        }
    }

    Context 'Format-ByteSize' {
        It 'writes <Bytes> as <Text>' -TestCases @(
            @{ Bytes = 0; Text = '0 B' }
            @{ Bytes = 1023; Text = '1023 B' }
            @{ Bytes = 1536; Text = '1{0}50 KiB' }
            @{ Bytes = 2157969408; Text = '2{0}01 GiB' }
            @{ Bytes = 10239; Text = '10{0}0 KiB' }
            @{ Bytes = 104806400; Text = '100 MiB' }
            @{ Bytes = 5e18; Text = '4441 PiB' }
        ) {
            param($Bytes, $Text)
            $point = [System.Globalization.CultureInfo]::CurrentCulture.NumberFormat.NumberDecimalSeparator
            & $module { param($bytes) Format-ByteSize $bytes } $Bytes | Should -Be ($Text -f $point)
        }
    }

    Context 'Join-ProcessArgument' {
        It 'gives a program back <Argument>' -TestCases @(
            @{ Argument = 'plain' }
            @{ Argument = 'two words' }
            @{ Argument = '' }
            @{ Argument = 'a"b' }
            @{ Argument = 'back\slash\' }
            @{ Argument = 'end of words\' }
            @{ Argument = 'a\"b c\\"d' }
            @{ Argument = "tab`tand`nline" }
        ) {
            param($Argument)
            $process = [System.Diagnostics.Process]::new()
            $process.StartInfo.FileName = & $module { Find-Node $null }
            $process.StartInfo.Arguments = & $module { param($argument) Join-ProcessArgument '-e', 'console.log(JSON.stringify({ given: process.argv[1] }))', '--', $argument } $Argument
            $process.StartInfo.UseShellExecute = $false
            $process.StartInfo.RedirectStandardOutput = $true
            $null = $process.Start()
            $output = $process.StandardOutput.ReadToEnd()
            $process.WaitForExit()
            (ConvertFrom-Json -InputObject $output).given | Should -BeExactly $Argument
        }
    }

    Context 'Invoke-Program' {
        BeforeAll {
            $run = {
                param($code, $seconds)
                & $module { param($code, $seconds) Invoke-Program (Find-Node $null) '-e', $code -TimeoutSeconds $seconds } $code $seconds
            }
        }

        It 'says what a program wrote, and how it ended' {
            $result = & $run "console.log('out'); console.error('err'); process.exitCode = 7" 60
            $result.ExitCode | Should -Be 7
            $result.Output | Should -Match '^out\r?\n$'
            $result.Error | Should -Be 'err'
        }

        It 'stops a program that does not end' {
            $result = & $run 'setTimeout(() => undefined, 60000)' 1
            $result.ExitCode | Should -Be -1
            $result.Error | Should -Match 'did not end within 1 s and was stopped'
        }

        It 'does not wait for what a program leaves behind' {
            $left = "require('child_process').spawn(process.execPath, ['-e', 'setTimeout(() => undefined, 40000)'], { stdio: ['ignore', 'inherit', 'inherit'], detached: true }).unref()"
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            (& $run "$left; process.exitCode = 7" 60).ExitCode | Should -Be 7
            $clock.Elapsed.TotalSeconds | Should -BeLessThan 35
        }
    }

    Context 'Find-PowerShell' {
        BeforeAll {
            $fake = [System.IO.Path]::Combine($TestDrive, 'bin', $(if ($env:OS -eq 'Windows_NT') { 'pwsh.exe' } else { 'pwsh' }))
            $store = [System.IO.Path]::Combine($TestDrive, 'WindowsApps', [System.IO.Path]::GetFileName($fake))
            foreach ($one in $fake, $store) {
                $null = [System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($one))
                [System.IO.File]::WriteAllText($one, '')
            }
            $path = $env:PATH
            $env:PATH = (@($store, $fake | ForEach-Object -Process { [System.IO.Path]::GetDirectoryName($_) }) + $path) -join [System.IO.Path]::PathSeparator
            $find = { param($running, $lasting) & $module { param($running, $lasting) Find-PowerShell $running -Lasting:$lasting } $running $lasting }
        }
        AfterAll {
            $env:PATH = $path
        }

        It 'is the one that runs the module' {
            & $find $fake $false | Should -Be $fake
            & $find $fake $true | Should -Be $fake
        }

        It 'is another one where that runs no scripts' {
            foreach ($lasting in $false, $true) {
                $found = & $find ([System.IO.Path]::Combine($TestDrive, 'editor')) $lasting
                [System.IO.Path]::GetFileNameWithoutExtension($found) -in 'pwsh', 'powershell' | Should -BeTrue
                [System.IO.File]::Exists($found) | Should -BeTrue
            }
        }

        It 'is not one of the Store where it has to last' {
            & $find $store $false | Should -Be $store
            & $find $store $true | Should -Not -Match 'WindowsApps'
        }
    }
}
