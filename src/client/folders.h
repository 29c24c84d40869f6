// The folders in which clients look for skills, agents and commands, beside the usual one's, and how they lie there.
#pragma once

#include <cascade/result.h>

#include <string_view>
#include <vector>

namespace cascade::client {

// `folder` stands below a project, or below the user's folder. Files of agents and commands end so (".agent.md").
struct FolderForm {
  std::string_view folder;
  bool of_project = false, of_user = false;
  Span<std::string_view> skills, agents, commands;
  std::string_view agent_ending, command_ending;
};
Span<FolderForm> folder_forms() noexcept;

// The folder of the client that counts where none is named; its layout is discovery's own.
constexpr std::string_view usual_folder = ".claude";

// Whether a path below the user's folder lies where clients and their installers put things, those included that there
// is no dialect of.
bool is_in_client_folder(std::string_view below_home) noexcept;

// All folders, those that the client reads itself first and in its own order, then the others in that of the table. The
// usual folder stands in it as a null. Without a client, or for an unknown one: the usual folder first.
std::vector<const FolderForm*> folders_in_order(std::string_view client);

}  // namespace cascade::client
