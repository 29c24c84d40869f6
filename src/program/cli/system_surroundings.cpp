#include "cli/system_surroundings.h"

#include "cli/data_files.h"
#include "cli/gate_door.h"
#include "cli/lease_door.h"

namespace cascade::cli {

systems::Surroundings system_surroundings(const Call& call, std::int64_t now) {
  const Environment& environment = call.environment();
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
  surroundings.library = [&call] { return call.workspace_options(); };
  surroundings.leases = lease_door(environment);
  surroundings.gates = gate_door(environment, now);
  surroundings.now = now;
  return surroundings;
}

}  // namespace cascade::cli
