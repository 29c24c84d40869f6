// A reference is known by how it begins or by what it asks. A new store of secrets is one row here.
#include "memory/secret_references.h"

#include <algorithm>
#include <array>

#include "text/ascii.h"

namespace cascade::memory {
namespace {

// How templates, shells and manifests begin what is filled in.
constexpr std::array<std::string_view, 40> beginnings = {
    "${",       "$(",       "{{",        "<%",    "#{",     "%(",      "@{",      "[[",
    "<",        "((",       "$env:",     "!ref",  "!sub",   "!getatt", "!vault",  "!secret",
    "&secret",  "*secret",  "ref+",      "env:",  "env.",   "env[",    "env(",    "file:",
    "secrets.", "secrets[", "vars.",     "var.",  "local.", "data.",   "module.", "config.",
    "config[",  "config(",  "settings.", "self.", "this.",  "args.",   "os.",     "credentials("};

// What code asks for a variable, and how stores of secrets are addressed.
constexpr std::array<std::string_view, 24> places = {
    "environ[",      "environ.",  "getenv",       "process.env", "import.meta.env", "deno.env",
    "bun.env",       "env::",     "env!",         "op://",       "vault://",        "vault:",
    "ssm:",          "akv:",      "keyring.",     "keychain",    "arn:aws:",        "/run/secrets/",
    "secretmanager", "secretref", "secretkeyref", "get_secret",  "getsecret",       "read_secret"};

bool is_name(char c) noexcept { return letters::is_letter_or_digit(c) || c == '_'; }

bool is_upper_name(std::string_view name) noexcept { return std::none_of(name.begin(), name.end(), letters::is_lower); }

// "$GITHUB_TOKEN", "$token_2": a name. "$ecret42": more likely a password.
bool is_variable(std::string_view name) noexcept {
  if (name.empty() || letters::is_digit(name.front()) || !std::all_of(name.begin(), name.end(), is_name)) return false;
  return is_upper_name(name) || std::none_of(name.begin(), name.end(), letters::is_digit) ||
         name.find('_') != std::string_view::npos;
}

bool begins(std::string_view value, std::string_view with) noexcept {
  return value.size() >= with.size() &&
         std::equal(with.begin(), with.end(), value.begin(), [](char a, char b) { return a == letters::to_lower(b); });
}

bool holds(std::string_view value, std::string_view what) noexcept {
  return std::search(value.begin(), value.end(), what.begin(), what.end(),
                     [](char a, char b) { return letters::to_lower(a) == b; }) != value.end();
}

}  // namespace

bool is_secret_reference(std::string_view value) noexcept {
  if (value.size() > 1 && value.front() == '$' && is_variable(value.substr(1))) return true;
  if (value.size() > 2 && value.front() == '%' && value.back() == '%' && is_variable(value.substr(1, value.size() - 2)))
    return true;
  return std::any_of(beginnings.begin(), beginnings.end(), [&](std::string_view one) { return begins(value, one); }) ||
         std::any_of(places.begin(), places.end(), [&](std::string_view one) { return holds(value, one); });
}

}  // namespace cascade::memory
