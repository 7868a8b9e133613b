@{
    RootModule        = 'PesterLite.psm1'
    ModuleVersion     = '0.1.0'
    GUID              = '6f0e6a1d-5c0b-4f0e-9a8e-0b7c3b6f9d21'
    Author            = 'MirrorBackup contributors'
    Description       = 'Runs the part of Pester 5 this repository uses, where Pester is not installed.'
    PowerShellVersion = '5.1'
    FunctionsToExport = @(
        'AfterAll', 'AfterEach', 'BeforeAll', 'BeforeDiscovery', 'BeforeEach', 'Context', 'Describe', 'InModuleScope',
        'Invoke-Pester', 'Invoke-PesterLiteMock', 'It', 'Mock', 'Set-ItResult', 'Should'
    )
    CmdletsToExport   = @()
    VariablesToExport = @()
    AliasesToExport   = @()
}
