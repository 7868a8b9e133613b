<#
.SYNOPSIS
Writes docs/cmdlets/*.md, one page per cmdlet, from the help in the module's scripts.
.DESCRIPTION
Run it after changing help or parameters: node scripts/pwsh.mjs -File scripts/generate-cmdlet-docs.ps1
.PARAMETER Check
Writes nothing; ends with exit code 1 if a page is not what it should be.
#>
[CmdletBinding()]
param(
    [switch]$Check
)

$ErrorActionPreference = 'Stop'
$folder = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', 'docs', 'cmdlets'))
$utf8 = [System.Text.UTF8Encoding]::new($false)
$common = [System.Management.Automation.PSCmdlet]::CommonParameters

# Paragraphs of a help text, their lines joined: line breaks in the source are no line breaks for the reader.
function Get-Paragraph($Text) {
    $joined = @($Text | ForEach-Object { $_.Text }) -join "`n`n"
    foreach ($paragraph in $joined.Trim() -split '(?:\r?\n[ \t]*){2,}') {
        if ($paragraph.Trim()) { ConvertTo-Markdown (($paragraph -split '\r?\n' | ForEach-Object { $_.Trim() }) -join ' ') }
    }
}

# Asterisks and the like are meant; parameters, hash tables and wildcards are code.
function ConvertTo-Markdown([string]$Text) {
    $code = '@\{[^}]*\}|\((?:New-TimeSpan)[^)]*\)|''[^'']*''|(?<![\w-])-[A-Z][A-Za-z]+(?::\$\w+)?|(?<!\S)\S*\*\S*(?<![.,])|\.gitignore|CACHEDIR\.TAG'
    [regex]::Replace($Text, $code, { param($match) '`' + $match.Value + '`' })
}

function Get-TypeName([type]$Type) {
    $name = if ($Type.IsArray) { $Type.GetElementType().Name + '[]' } else { $Type.Name }
    if ($name -eq 'SwitchParameter') { 'switch' } else { $name }
}

# Broken between parameters, so that it can be read without scrolling.
function Get-SyntaxLine([string]$Name, [string]$Syntax) {
    $line = $Name
    foreach ($part in $Syntax -split ' (?=\[-|\[<|-)') {
        if ($line.Length + $part.Length -gt 110) { $line; $line = '   ' }
        $line += " $part"
    }
    $line
}

function Get-ParameterRow($Parameter, $Texts) {
    $sets = @($Parameter.ParameterSets.Values)
    $first = $sets[0]
    $name = "``-$($Parameter.Name)``"
    if ($Parameter.Aliases.Count) { $name += '<br>alias ' + (($Parameter.Aliases | ForEach-Object { "``$_``" }) -join ', ') }
    $type = Get-TypeName $Parameter.ParameterType
    $values = @($Parameter.Attributes | Where-Object { $_ -is [System.Management.Automation.ValidateSetAttribute] })
    if ($values.Count) { $type += '<br>' + ($values[0].ValidValues -join ', ') }
    $facts = @(
        if ($first.IsMandatory) { 'required' }
        if ($first.Position -ge 0) { "position $($first.Position)" }
        if ($sets | Where-Object { $_.ValueFromPipeline }) { 'pipeline' }
        if ($sets | Where-Object { $_.ValueFromPipelineByPropertyName }) { 'by property name' }
    )
    $text = (@(Get-Paragraph $Texts) -join '<br>') -replace '\|', '\|'
    "| $name | $type | $($facts -join ', ') | $text |"
}

function Get-ExampleText($Example) {
    $code = $Example.code.Trim() -replace '^PS > ', ''
    $text = @(Get-Paragraph $Example.remarks)
    '```powershell', $code, '```', ''
    if ($text) { $text; '' }
}

function Get-Page($Command) {
    $help = Get-Help $Command.Name -Full
    $texts = @{}
    foreach ($parameter in $help.parameters.parameter) { $texts[$parameter.name] = $parameter.description }
    $parameters = @($Command.Parameters.Values | Where-Object { $_.Name -notin $common })
    $paragraphs = @(Get-Paragraph $help.description | ForEach-Object { $_; '' })
    $notes = @(Get-Paragraph $help.alertSet.alert | ForEach-Object { $_; '' })
    $links = @($help.relatedLinks.navigationLink.linkText | Where-Object { $_ -like '*-*' })
    @(
        "# $($Command.Name)"
        ''
        Get-Paragraph ([pscustomobject]@{ Text = $help.Synopsis })
        ''
        '```'
        $Command.ParameterSets | ForEach-Object { Get-SyntaxLine $Command.Name $_.ToString() }
        '```'
        ''
        $paragraphs
        '## Parameters'
        ''
        '| parameter | type | | |'
        '|---|---|---|---|'
        foreach ($parameter in $parameters) { Get-ParameterRow $parameter $texts[$parameter.Name] }
        ''
        'And the [common parameters](https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_commonparameters).'
        ''
        '## Input and output'
        ''
        "Input: $(@(Get-Paragraph ([pscustomobject]@{ Text = $help.inputTypes.inputType.type.name })) -join ' ')"
        ''
        "Output: $(@(Get-Paragraph ([pscustomobject]@{ Text = $help.returnValues.returnValue.type.name })) -join ' ')"
        ''
        if ($notes) { '## Notes'; ''; $notes }
        '## Examples'
        ''
        foreach ($example in $help.examples.example) { Get-ExampleText $example }
        '## See also'
        ''
        ($links | ForEach-Object { "[$_]($_.md)" }) -join ', '
        ''
        '<!-- Written by scripts/generate-cmdlet-docs.ps1 from the help of the module. Do not edit. -->'
    ) -join "`n"
}

Import-Module MirrorBackup
if (-not $Check -and -not (Test-Path -LiteralPath $folder)) { $null = New-Item -ItemType Directory -Path $folder }
$stale = foreach ($command in Get-Command -Module MirrorBackup | Sort-Object Name) {
    $path = [System.IO.Path]::Combine($folder, "$($command.Name).md")
    $page = (Get-Page $command) + "`n"
    if ([System.IO.File]::Exists($path) -and [System.IO.File]::ReadAllText($path) -ceq $page) { continue }
    if (-not $Check) { [System.IO.File]::WriteAllText($path, $page, $utf8) }
    $command.Name
}
if ($Check -and $stale) {
    Write-Host "Not up to date in docs/cmdlets: $($stale -join ', '). Run scripts/generate-cmdlet-docs.ps1."
    exit 1
}
