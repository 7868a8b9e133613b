# Reads one line of JSON into dictionaries and arrays. ConvertFrom-Json is not used: PowerShell 7 turns every string that
# looks like a time into a DateTime, file names included. Throws if the line is not a JSON object.
function ConvertFrom-EngineJson {
    param([string]$Line)
    if ($PSVersionTable.PSEdition -eq 'Core') { return Read-JsonWithNewtonsoft $Line }
    return Read-JsonWithJavaScriptSerializer $Line
}

# Newtonsoft.Json is part of PowerShell 7. The converter makes plain values of everything in one call: objects become
# ExpandoObjects, arrays lists.
function Read-JsonWithNewtonsoft {
    param([string]$Line)
    if ($null -eq $script:Newtonsoft) { $script:Newtonsoft = Get-NewtonsoftType }
    Expand-JsonObject $script:Newtonsoft.Convert::DeserializeObject($Line, [System.Dynamic.ExpandoObject], $script:Newtonsoft.Settings)
}

$script:Newtonsoft = $null

function Get-NewtonsoftType {
    $null = [System.Reflection.Assembly]::Load('Newtonsoft.Json')
    $settings = ('Newtonsoft.Json.JsonSerializerSettings' -as [type])::new()
    $settings.DateParseHandling = 'None'
    $settings.Converters.Add(('Newtonsoft.Json.Converters.ExpandoObjectConverter' -as [type])::new())
    return @{ Convert = 'Newtonsoft.Json.JsonConvert' -as [type]; Settings = $settings }
}

# ExpandoObject -> Dictionary: PowerShell finds a key of that quickly, and does not take it apart in a pipeline.
function Expand-JsonObject {
    param($Expando)
    $object = [System.Collections.Generic.Dictionary[string, object]]::new($Expando)
    foreach ($key in @($object.Keys)) {
        $value = $object[$key]
        if ($value -is [System.Dynamic.ExpandoObject]) { $object[$key] = Expand-JsonObject $value }
        elseif ($value -is [System.Collections.Generic.List[object]]) { $object[$key] = Expand-JsonArray $value }
    }
    return $object
}

# Nothing looks into the objects of an array here: there are many of them, and what they hold is mostly plain.
function Expand-JsonArray {
    param($List)
    $values = foreach ($value in $List) {
        if ($value -is [System.Dynamic.ExpandoObject]) { [System.Collections.Generic.Dictionary[string, object]]::new($value) }
        else { , $value }
    }
    return , @($values)
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
