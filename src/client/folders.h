// The folders in which clients other than the usual one look for skills, agents and commands, and their layout.
#pragma once

#include <cascade/result.h>

#include <string_view>
#include <vector>

namespace cascade::client {

// `folder` is below a project or the user's folder. File names of agents and commands end like this (".agent.md").
struct FolderForm {
  std::string_view folder;
  bool of_project = false, of_user = false;
  Span<std::string_view> skills, agents, commands;
  std::string_view agent_ending, command_ending;
};
Span<FolderForm> folder_forms() noexcept;

// The folder of the client assumed if none is named; discovery knows its layout.
constexpr std::string_view usual_folder = ".claude";

// Whether a path below the user's folder is where clients and their installers put files, including clients without a
// dialect here.
bool is_in_client_folder(std::string_view below_home) noexcept;

// Returns all folders: those that the client reads itself first, in its own order, then the others in the order of the
// table. A null represents the usual folder. With no client or an unknown one, the usual folder comes first.
std::vector<const FolderForm*> folders_in_order(std::string_view client);

}  // namespace cascade::client
