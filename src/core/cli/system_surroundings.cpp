#include "cli/system_surroundings.h"

#include "cli/data_files.h"

namespace cascade::cli {

systems::Surroundings system_surroundings(const Environment& environment, std::int64_t now) {
  systems::Surroundings surroundings;
  surroundings.state_directory = environment.state;
  surroundings.users_file = environment.users_configuration;
  surroundings.project_directory = environment.project_directory;
  surroundings.home = environment.home;
  surroundings.client_folder = environment.user.folder;
  surroundings.git_program = git_program();
  surroundings.own_program = program_path();
  surroundings.environment_file = environment.environment_file;
  surroundings.temporary = environment.temporary;
  surroundings.environment = environment.of_git;
  surroundings.allowed_file = environment.allowed;
  surroundings.postgres_program = postgres_program();
  surroundings.client_process = environment.client_process;
  surroundings.now = now;
  return surroundings;
}

systems::Surroundings system_surroundings(const Call& call, std::int64_t now) {
  systems::Surroundings surroundings = system_surroundings(call.environment(), now);
  surroundings.library = [&call] { return call.workspace_options(); };
  return surroundings;
}

}  // namespace cascade::cli
