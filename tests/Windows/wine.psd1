# The tests that fail because of Wine 8, by class and method, each with the call that Wine lacks and the text of the
# error that shows it. The list may only shrink: a listed test that passes, or fails with another error, is an error.
@{
    # BCryptGetProperty does not know KeyStrength of a key for RSA, so there is no certificate to refuse.
    'Core.Http.ServerCertificateTests.Certificate_of_a_proxy_is_the_proxys_and_not_the_hosts' = @{
        Call = 'BCryptGetProperty(KeyStrength) of RSA'; Error = '0xc1000002'
    }
    'Core.Http.ServerCertificateTests.Each_of_the_systems_objections_is_enough' = @{
        Call = 'BCryptGetProperty(KeyStrength) of RSA'; Error = '0xc1000002'
    }
    'Core.Http.ServerCertificateTests.Issuer_that_is_not_trusted_is_named' = @{
        Call = 'BCryptGetProperty(KeyStrength) of RSA'; Error = '0xc1000002'
    }
    'Core.Http.ServerCertificateTests.Refused_certificate_is_an_error_that_says_why' = @{
        Call = 'BCryptGetProperty(KeyStrength) of RSA'; Error = '0xc1000002'
    }
    # The permissions of a file are those of the mode of Unix.
    'Core.Shims.OwnerOnlyFileTests.On_Windows_a_manifest_has_its_permissions_from_the_moment_that_it_is_there' = @{
        Call = 'NtCreateFile with permissions'; Error = 'The system did not take the permissions.'
    }
}
