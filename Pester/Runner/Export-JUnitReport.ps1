# Writes a run's result as JUnit XML, for CI systems. Takes results of Pester and of the bundled runner.
param(
    [Parameter(Mandatory)] $Result,
    [Parameter(Mandatory)] [string]$Path
)

$full = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path)
$settings = [System.Xml.XmlWriterSettings]::new()
$settings.Indent = $true
$writer = [System.Xml.XmlWriter]::Create($full, $settings)
try {
    $writer.WriteStartElement('testsuite')
    $writer.WriteAttributeString('name', 'Pester')
    $writer.WriteAttributeString('tests', [string]$Result.TotalCount)
    $writer.WriteAttributeString('failures', [string]($Result.FailedCount + $Result.FailedContainersCount))
    $writer.WriteAttributeString('skipped', [string]$Result.SkippedCount)
    $writer.WriteAttributeString('time', $Result.Duration.TotalSeconds.ToString('0.000', [cultureinfo]::InvariantCulture))
    foreach ($test in $Result.Tests) {
        $writer.WriteStartElement('testcase')
        $writer.WriteAttributeString('name', [string]$test.ExpandedPath)
        $writer.WriteAttributeString('time', $test.Duration.TotalSeconds.ToString('0.000', [cultureinfo]::InvariantCulture))
        if ($test.Result -eq 'Failed') {
            $message = [string]$test.Message
            if (-not $message) { $message = [string]$test.ErrorRecord }
            $writer.WriteStartElement('failure')
            # XML 1.0 has no escape for most control characters.
            $writer.WriteAttributeString('message', ($message -replace '[\x00-\x08\x0B\x0C\x0E-\x1F]', '?'))
            $writer.WriteEndElement()
        }
        elseif ($test.Result -eq 'Skipped') {
            $writer.WriteElementString('skipped', '')
        }

        $writer.WriteEndElement()
    }

    $writer.WriteEndElement()
}
finally {
    $writer.Dispose()
}
