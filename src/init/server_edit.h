// The MCP server `cascade mcp` into and out of a client's settings, as text: every byte that is not ours stays.
#pragma once

#include <cascade/result.h>

#include <string>
#include <string_view>

#include "client/server_settings.h"

namespace cascade::init {

constexpr std::string_view server_name = "cascade";

// The program of a server that runs `cascade mcp`, as it is written; empty when there is none of that name, when it is
// somebody else's, or when the text cannot be read.
std::string served_program(std::string_view text, const client::ServerSettings& settings);

// The settings with the server, which calls `program`. An empty text stands for no file. What somebody added to our
// server stays: a program that is no longer right is changed in its place. malformed: the text cannot be read, or
// servers stand in it in a form that nothing can be added to; unwritable: a server of that name is somebody else's.
Result<std::string> add_server(std::string_view text, const client::ServerSettings& settings,
                               const std::string& program);

// The settings without our server. Undoes add_server to the byte where nothing else was changed in between, except
// that an object which only held our server goes, also if it stood there empty before.
Result<std::string> remove_server(std::string_view text, const client::ServerSettings& settings);

}  // namespace cascade::init
