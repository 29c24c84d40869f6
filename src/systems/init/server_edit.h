// Adds and removes the MCP server `cascade mcp` in the text of a client's settings. Every other byte stays.
#pragma once

#include <cascade/result.h>

#include <string>
#include <string_view>

#include "installed/served.h"

namespace cascade::init {

// The settings with the server, which calls `program`. An empty text represents a missing file. Additions that someone
// made to our server stay: an outdated program is changed in place. malformed: the text cannot be read, or its servers
// are in a form that cannot be extended; unwritable: a server of that name belongs to someone else.
Result<std::string> add_server(std::string_view text, const client::ServerSettings& settings,
                               const std::string& program);

// The settings without our server. Undoes add_server to the byte if nothing else was changed in between, except that an
// object that only held our server is removed even if it was there before, empty.
Result<std::string> remove_server(std::string_view text, const client::ServerSettings& settings);

}  // namespace cascade::init
