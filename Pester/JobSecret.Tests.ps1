# Secrets of jobs: a function stands for Get-Secret of SecretManagement.
Describe 'Get-JobSecret' {
    BeforeAll {
        $module = Import-Module -Name MirrorBackup -PassThru

        function Get-ResolvedSecret {
            [CmdletBinding()]
            param($Reference)
            & $module { param($cmdlet, $reference) Get-JobSecret $cmdlet $reference } $PSCmdlet $Reference
        }

        function ConvertTo-Secure {
            param([string]$Text)
            $secure = New-Object -TypeName System.Security.SecureString
            foreach ($character in $Text.ToCharArray()) { $secure.AppendChar($character) }
            return $secure
        }
    }

    Context 'with a vault' {
        BeforeAll {
            $global:MirrorBackupTestSecrets = @{
                'smtp'       = ConvertTo-Secure 'pass word'
                'team/smtp'  = 'of the team'
                'credential' = New-Object -TypeName System.Management.Automation.PSCredential -ArgumentList 'backup', (ConvertTo-Secure 'of the user')
                'table'      = @{ a = 1 }
                'empty'      = ''
            }
            function global:Get-Secret {
                [CmdletBinding()]
                param([string]$Name, [string]$Vault)
                $key = if ($Vault) { "$Vault/$Name" } else { $Name }
                if (-not $global:MirrorBackupTestSecrets.ContainsKey($key)) { throw "The secret $Name was not found" }
                return $global:MirrorBackupTestSecrets[$key]
            }
        }

        AfterAll {
            Remove-Item -Path Function:\Get-Secret
            Remove-Variable -Name MirrorBackupTestSecrets -Scope Global
        }

        It 'gets texts, secure ones, and passwords of credentials' {
            $values = Get-ResolvedSecret @(
                [pscustomobject]@{ secret = 'smtp' }
                [pscustomobject]@{ secret = 'smtp'; vault = 'team' }
                [pscustomobject]@{ secret = 'credential' }
            ) -WarningVariable warnings
            $warnings.Count | Should -Be 0
            $values.Count | Should -Be 3
            $values['smtp'] | Should -BeExactly 'pass word'
            $values['team/smtp'] | Should -BeExactly 'of the team'
            $values['credential'] | Should -BeExactly 'of the user'
        }

        It 'keeps names apart that differ in case' {
            $values = Get-ResolvedSecret @([pscustomobject]@{ secret = 'smtp' }, [pscustomobject]@{ secret = 'SMTP' })
            $values.Count | Should -Be 2
            $values.ContainsKey('SMTP') | Should -BeTrue
        }

        It 'travels to the engine by name' {
            $values = Get-ResolvedSecret ([pscustomobject]@{ secret = 'smtp'; vault = 'team' })
            & $module { param($value) ConvertTo-EngineJson $value } $values | Should -BeExactly '{"team/smtp":"of the team"}'
        }

        It 'leaves environment variables to the engine' {
            $values = Get-ResolvedSecret ([pscustomobject]@{ env = 'SMTP_PASSWORD' }) -WarningVariable warnings
            $values.Count | Should -Be 0
            $warnings.Count | Should -Be 0
        }

        It 'warns of <Name>, and gets the others' -TestCases @(
            @{ Name = 'missing'; Why = 'was not found' }
            @{ Name = 'table'; Why = 'neither a text nor a credential' }
            @{ Name = 'empty'; Why = 'is empty' }
        ) {
            param($Name, $Why)
            $references = [pscustomobject]@{ secret = $Name }, [pscustomobject]@{ secret = 'smtp' }
            $values = Get-ResolvedSecret $references -WarningVariable warnings -WarningAction SilentlyContinue
            $warnings.Count | Should -Be 1
            [string]$warnings[0] | Should -Match "The secret '$Name' cannot be had: .*$Why"
            [string]$warnings[0] | Should -Not -Match 'pass word'
            $values.Count | Should -Be 1
            $values['smtp'] | Should -BeExactly 'pass word'
        }
    }

    Context 'without SecretManagement' {
        It 'warns once, with all names' -Skip:([bool](Get-Command -Name Get-Secret -ErrorAction Ignore)) {
            $references = [pscustomobject]@{ secret = 'smtp' }, [pscustomobject]@{ secret = 'chat'; vault = 'team' }
            $values = Get-ResolvedSecret $references -WarningVariable warnings -WarningAction SilentlyContinue
            $values.Count | Should -Be 0
            $warnings.Count | Should -Be 1
            [string]$warnings[0] | Should -Match "no command Get-Secret for the secrets 'smtp', 'team/chat'"
        }

        It 'says nothing where there are no secrets' {
            (Get-ResolvedSecret @() -WarningVariable warnings).Count | Should -Be 0
            (Get-ResolvedSecret $null).Count | Should -Be 0
            $warnings.Count | Should -Be 0
        }
    }
}
