// Programs that the table of verbs cannot describe, one function per family.
#pragma once

#include <string>
#include <vector>

#include "evidence/addresses.h"
#include "evidence/find.h"

namespace cascade::evidence {

// Each adds the call's findings to `found`, possibly none, and returns whether the program is of its family.
bool find_web_client(const shell::Call& call, std::vector<Finding>& found);   // curl, wget, httpie, xh, a browser
bool find_remote_host(const shell::Call& call, std::vector<Finding>& found);  // ssh, scp, rsync, sftp, rclone, crontab
bool find_database(const shell::Call& call, std::vector<Finding>& found);     // psql, mysql, redis-cli, mongosh
bool find_cloud(const shell::Call& call, std::vector<Finding>& found);        // aws, gcloud, gsutil, az, doctl
bool find_containers(const shell::Call& call, std::vector<Finding>& found);   // docker compose, docker --context
bool find_api_client(const shell::Call& call, std::vector<Finding>& found);   // gh api, glab api, kubectl exec, ansible
void find_script(const shell::Call& call, std::vector<Finding>& found);       // ./deploy.sh, make deploy

// The meaning of a command line that is run elsewhere: whether it changes something, and whether it shows something.
struct Remote {
  bool changes = false, shows = false;
};
Remote read_remote(const std::string& line);
// Adds the effect or look at `target` that such a line is. False: it is neither.
bool add_remote(const shell::Call& call, Remote remote, const std::string& target, std::vector<Finding>& found);

std::string upper(std::string text);

Finding effect(const shell::Call& call, Kind kind, std::string target, Interface interface = Interface::cli);
Finding witness(const shell::Call& call, Interface interface, std::string target);

}  // namespace cascade::evidence
