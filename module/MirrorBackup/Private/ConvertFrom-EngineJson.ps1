# Reads one line of JSON into dictionaries and arrays. ConvertFrom-Json is not used: PowerShell 7 turns every string that
# looks like a time into a DateTime, file names included. Throws if the line is not a JSON object.
function ConvertFrom-EngineJson {
    param([string]$Line)
    if ($PSVersionTable.PSEdition -eq 'Core') { return Read-JsonWithNewtonsoft $Line }
    return Read-JsonWithJavaScriptSerializer $Line
}

# Newtonsoft.Json is part of PowerShell 7.
function Read-JsonWithNewtonsoft {
    param([string]$Line)
    if ($null -eq $script:Newtonsoft) { $script:Newtonsoft = Get-NewtonsoftType }
    $root = $script:Newtonsoft.Convert::DeserializeObject($Line, $script:Newtonsoft.Object, $script:Newtonsoft.Settings)
    Expand-JsonToken $root
    return $root
}

$script:Newtonsoft = $null

function Get-NewtonsoftType {
    $null = [System.Reflection.Assembly]::Load('Newtonsoft.Json')
    $settings = ('Newtonsoft.Json.JsonSerializerSettings' -as [type])::new()
    $settings.DateParseHandling = 'None'
    return @{
        Convert  = 'Newtonsoft.Json.JsonConvert' -as [type]
        Token    = 'Newtonsoft.Json.Linq.JToken' -as [type]
        JObject  = 'Newtonsoft.Json.Linq.JObject' -as [type]
        Settings = $settings
        Object   = [System.Collections.Generic.Dictionary[string, object]]
        Objects  = [System.Collections.Generic.Dictionary[string, object][]]
    }
}

# Newtonsoft leaves the values of an object as tokens of its own, which fall apart in a pipeline: each is a collection.
# Arrays of objects are converted at once; their objects are looked into only if one of them holds more than plain values.
function Expand-JsonToken {
    param($Object)
    foreach ($key in @($Object.Keys)) {
        $value = $Object[$key]
        if ($value -isnot $script:Newtonsoft.Token) { continue }
        if ($value -is $script:Newtonsoft.JObject) {
            $Object[$key] = $value.ToObject($script:Newtonsoft.Object)
            Expand-JsonToken $Object[$key]
        }
        elseif ($value.Count -and $value[0] -is $script:Newtonsoft.JObject) {
            $Object[$key] = $value.ToObject($script:Newtonsoft.Objects)
            if (Test-NestedJsonToken $value) { foreach ($item in $Object[$key]) { Expand-JsonToken $item } }
        }
        else {
            $Object[$key] = $value.ToObject([object[]])
        }
    }
}

# Empty arrays and objects are not found, and stay tokens: they look empty to PowerShell all the same.
function Test-NestedJsonToken {
    param($Array)
    foreach ($path in '$[*].*.*', '$[*].*[*]') {
        foreach ($found in $Array.SelectTokens($path)) { return $true }
    }
    return $false
}

# JavaScriptSerializer is part of .NET Framework.
function Read-JsonWithJavaScriptSerializer {
    param([string]$Line)
    if ($null -eq $script:JavaScriptSerializer) {
        $null = [System.Reflection.Assembly]::Load('System.Web.Extensions, Version=4.0.0.0, Culture=neutral, PublicKeyToken=31bf3856ad364e35')
        $script:JavaScriptSerializer = ('System.Web.Script.Serialization.JavaScriptSerializer' -as [type])::new()
        $script:JavaScriptSerializer.MaxJsonLength = [int]::MaxValue
    }
    return [System.Collections.Generic.Dictionary[string, object]]$script:JavaScriptSerializer.DeserializeObject($Line)
}

$script:JavaScriptSerializer = $null
