// The folders in which clients other than the usual one look for skills, agents and commands, and their layout: the
// rows `folder` of their tables of facts.
#pragma once

#include <string_view>
#include <vector>

#include "client/facts/fact.h"

namespace cascade::client {

// The folder of the client assumed if none is named; discovery knows its layout.
constexpr std::string_view usual_folder = ".claude";

// Whether a path below the user's folder is where clients and their installers put files, including clients without a
// dialect here.
bool is_in_client_folder(std::string_view below_home) noexcept;

// The extensions of Gemini CLI, below the user's folder: each a folder with this file, laid out as that client's own.
constexpr std::string_view extensions_folder = ".gemini/extensions", extension_file = "gemini-extension.json";
const FolderForm& extension_form() noexcept;

// Whether a project's folder of this name is where a client other than the usual one looks.
bool is_client_folder(std::string_view name) noexcept;

// Returns all folders: those that the client reads itself first, in its own order, then the others in the order of the
// table. A null represents the usual folder. With no client or an unknown one, the usual folder comes first.
std::vector<const FolderForm*> folders_in_order(std::string_view client);

}  // namespace cascade::client
