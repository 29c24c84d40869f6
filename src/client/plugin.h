// What the client asks of a plugin's description, plugin.json (2.1.328).
#pragma once

#include <string>
#include <string_view>

namespace cascade::client {

// The plugin's name when the client refuses to load it for its agents: each has to be a path that ends in ".md", a
// folder is none. Empty: it loads, as far as is known.
std::string refused_plugin(std::string_view plugin_json);

}  // namespace cascade::client
