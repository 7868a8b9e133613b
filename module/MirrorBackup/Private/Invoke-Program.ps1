# Runs a program to its end: what it wrote, and its exit code. It ends with the pipeline, or when it takes too long: -1.
function Invoke-Program {
    param([string]$FilePath, [string[]]$ArgumentList, [int]$TimeoutSeconds = 120)
    # What it has started may keep its output open after its end.
    $outputSeconds = 5
    $process = [System.Diagnostics.Process]::new()
    $start = $process.StartInfo
    $start.FileName = $FilePath
    $start.Arguments = Join-ProcessArgument $ArgumentList
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $start.EnvironmentVariables['LC_ALL'] = 'C'
    $started = $false
    try {
        $started = $process.Start()
        $process.StandardInput.Close()
        $output = $process.StandardOutput.ReadToEndAsync()
        $errors = $process.StandardError.ReadToEndAsync()
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        while (-not $process.WaitForExit(100)) {
            if ($clock.Elapsed.TotalSeconds -lt $TimeoutSeconds) { continue }
            return @{ ExitCode = -1; Output = ''; Error = "$FilePath did not end within $TimeoutSeconds s and was stopped." }
        }
        $null = [System.Threading.Tasks.Task]::WaitAll(@($output, $errors), $outputSeconds * 1000)
        $said = foreach ($text in $output, $errors) { if ($text.IsCompleted) { $text.Result } else { '' } }
        return @{ ExitCode = $process.ExitCode; Output = $said[0]; Error = $said[1].Trim() }
    }
    finally {
        if ($started -and -not $process.HasExited) { $process.Kill() }
        $process.Dispose()
    }
}
