// The client's requirements for a plugin's description, plugin.json (2.1.332).
#pragma once

#include <string>
#include <string_view>

namespace cascade::client {

// Returns the plugin's name if the client refuses to load it because of its agents: each must be a path that ends in
// ".md", not a folder. Empty: it loads, as far as is known.
std::string refused_plugin(std::string_view plugin_json);

}  // namespace cascade::client
