// What the client itself brings along: the one place with facts of a client version (2.1.328).
#pragma once

#include <string_view>

namespace cascade {

constexpr std::string_view client_tables_version = "2.1.328";

// Agent types that exist without a manifest ("general-purpose"). Case-sensitive, as in the client.
bool is_builtin_agent(std::string_view name) noexcept;

}  // namespace cascade
