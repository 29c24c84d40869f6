// This program opens no connections. The functions that libgit2 needs for TLS, SSH and Kerberos are replaced here, so
// that the static program does not contain those libraries and does not read the machine's certificates when it
// starts. They are libgit2's own functions (1.5), each in an object of its archive that nothing else is needed from.
// NOLINTBEGIN(bugprone-reserved-identifier): libgit2's names
namespace {
constexpr int fine = 0, no_such_thing = -1;  // like the return values of libgit2's functions
}

extern "C" {
int git_mbedtls_stream_global_init() { return fine; }
int git_mbedtls__set_cert_location(const char*, const char*) { return no_such_thing; }
int git_mbedtls_stream_new(void**, const char*, const char*) { return no_such_thing; }
int git_mbedtls_stream_wrap(void**, void*, const char*) { return no_such_thing; }
int git_transport_ssh_global_init() { return fine; }
int git_smart_subtransport_ssh(void**, void*, void*) { return no_such_thing; }
int git_transport_ssh_with_paths(void**, void*, void*) { return no_such_thing; }
int git_http_auth_negotiate(void**, const void*) { return no_such_thing; }
}
// NOLINTEND(bugprone-reserved-identifier)
