# The tests that fail because of Wine 8, by class and method, each with the call that Wine lacks. The list may only
# shrink: a listed test that passes is an error.
@{
    # BCryptGetProperty does not know KeyStrength of a key for RSA (0xc1000002), so there is no certificate to refuse.
    'Core.Http.ServerCertificateTests.Certificate_of_a_proxy_is_the_proxys_and_not_the_hosts' =
        'BCryptGetProperty(KeyStrength) of RSA'
    'Core.Http.ServerCertificateTests.Each_of_the_systems_objections_is_enough' =
        'BCryptGetProperty(KeyStrength) of RSA'
    'Core.Http.ServerCertificateTests.Issuer_that_is_not_trusted_is_named' = 'BCryptGetProperty(KeyStrength) of RSA'
    'Core.Http.ServerCertificateTests.Refused_certificate_is_an_error_that_says_why' =
        'BCryptGetProperty(KeyStrength) of RSA'
}
