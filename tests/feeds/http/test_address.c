/* Addresses: every special-purpose range at its edges, in each of the forms that can hold it (N6). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "feeds/http/address.h"

static bool is_public(const char *text)
{
    struct sockaddr_in in = {.sin_family = AF_INET};
    struct sockaddr_in6 in6 = {.sin6_family = AF_INET6};
    if (inet_pton(AF_INET, text, &in.sin_addr) == 1)
        return address_is_public((const struct sockaddr *)&in);
    if (inet_pton(AF_INET6, text, &in6.sin6_addr) != 1)
        fail_msg("the test has a wrong address: %s", text);
    return address_is_public((const struct sockaddr *)&in6);
}

static void expect(bool wanted, const char *const *addresses, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is_public(addresses[i]) != wanted)
            fail_msg("%s should be %s", addresses[i], wanted ? "public" : "refused");
}

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static void test_N6_ordinary_addresses_are_public(void **state)
{
    (void)state;
    static const char *const addresses[] = {
        "1.1.1.1",           "9.255.255.255",   "11.0.0.0",
        "100.63.255.255",    "100.128.0.0",     "126.255.255.255",
        "128.0.0.0",         "169.253.255.255", "169.255.0.0",
        "172.15.255.255",    "172.32.0.0",      "192.0.1.0",
        "192.0.3.0",         "192.167.255.255", "192.169.0.0",
        "198.17.255.255",    "198.20.0.0",      "198.51.99.255",
        "203.0.112.255",     "223.255.255.255", "2606:2800:220:1::1",
        "2a00:1450:4001::1", "2400:cb00::1",    "2001:200::1",
    };
    expect(true, addresses, COUNT(addresses));
}

static void test_N6_special_ipv4_ranges_are_refused(void **state)
{
    (void)state;
    static const char *const addresses[] = {
        "0.0.0.0",         "0.255.255.255",   "10.0.0.0",        "10.255.255.255",  "100.64.0.0",
        "100.127.255.255", "127.0.0.1",       "127.255.255.255", "169.254.169.254", "172.16.0.0",
        "172.31.255.255",  "192.0.0.0",       "192.0.0.255",     "192.0.2.1",       "192.88.99.1",
        "192.168.0.0",     "192.168.255.255", "198.18.0.0",      "198.19.255.255",  "198.51.100.7",
        "203.0.113.255",   "224.0.0.1",       "239.255.255.255", "240.0.0.0",       "255.255.255.255",
    };
    expect(false, addresses, COUNT(addresses));
}

static void test_N6_special_ipv6_ranges_are_refused(void **state)
{
    (void)state;
    static const char *const addresses[] = {
        "::",         "::1",     "fc00::1", "fdff:ffff::1", "fe80::1",   "febf::1",      "fec0::1",
        "ff02::1",    "ff0e::1", "100::1",  "2001:db8::1",  "3fff::1",   "2001:2::1",    "2001:10::1",
        "2001:20::1", "5f00::1", "4000::1", "::127.0.0.1",  "::8.8.8.8", "64:ff9b:1::1", "64:ff9b:1::808:808",
    };
    expect(false, addresses, COUNT(addresses));
}

static void test_N6_an_embedded_private_address_is_refused_in_every_form(void **state)
{
    (void)state;
    static const char *const addresses[] = {
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "::ffff:0.0.0.0",
        "64:ff9b::127.0.0.1",
        "64:ff9b::192.168.1.1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::1",
        "2002:a00:1::1",
        "2002:a9fe:a9fe::1",
        "2001:0:7f00:1::1",             /* Teredo, its server on loopback */
        "2001:0:808:808:0:0:80ff:fffe", /* Teredo, the client 127.0.0.1 */
    };
    expect(false, addresses, COUNT(addresses));
}

static void test_N6_an_embedded_public_address_is_public(void **state)
{
    (void)state;
    static const char *const addresses[] = {"::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1",
                                            "2001:0:808:808:0:0:f7f7:f7f7"};
    expect(true, addresses, COUNT(addresses));
}

static void test_N6_other_families_are_refused(void **state)
{
    (void)state;
    struct sockaddr_un local = {.sun_family = AF_UNIX};
    assert_false(address_is_public((const struct sockaddr *)&local));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_N6_ordinary_addresses_are_public),
        cmocka_unit_test(test_N6_special_ipv4_ranges_are_refused),
        cmocka_unit_test(test_N6_special_ipv6_ranges_are_refused),
        cmocka_unit_test(test_N6_an_embedded_private_address_is_refused_in_every_form),
        cmocka_unit_test(test_N6_an_embedded_public_address_is_public),
        cmocka_unit_test(test_N6_other_families_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
