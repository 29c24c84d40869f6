// Addresses of pushes in a single form, however they are written.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "files/tree.h"
#include "git/facts.h"

namespace cascade::repository {

// "git@github.com:acme/app.git" and "https://github.com/acme/app/" -> "github.com/acme/app"; a path, also with file://
// -> the absolute path of the repository that git finds there, from `directory`, links resolved.
std::string normal_address(std::string_view address, const std::string& directory, const files::Tree& tree);

// After pushurl, insteadOf and pushInsteadOf, in normal form; a word that is no remote's name is an address.
std::vector<std::string> push_addresses(const Facts& facts, const std::string& remote, const files::Tree& tree);

// Of a plain `git push`: the branch's, remote.pushDefault, the only one, or "origin". Empty: git pushes nothing.
std::string push_remote(const Facts& facts, const std::string& branch);
std::string default_remote(const Facts& facts, const std::string& branch);

bool has_remotes(const Facts& facts);
bool is_remote(const Facts& facts, std::string_view name);
std::vector<std::string> remotes(const Facts& facts);

// "acme/app", "github.com/acme/app", an address of a pull request, "git@host.example:group/sub/app.git"; else nothing.
std::optional<std::string> hosted_repository(std::string_view text);

}  // namespace cascade::repository
