// Finds the manifests that a prompt rules out by name.
#pragma once

#include <cascade/registry.h>

#include <string>
#include <string_view>
#include <vector>

namespace cascade::hook {

// Finds the names in "don't use the release-notes skill", "not memory-leak-hunt", "without /review", "drop
// release-notes", "stop using X". Only filler words ("the", "please", "load") may come between the negation and the
// name. A name that is one plain word must be called a skill, command or agent, or be written as code or with a slash,
// because "do not review" rules nothing out. The result is sorted by id. Most prompts contain no negation and cost one
// scan.
std::vector<ManifestId> ruled_out_by(const Registry& registry, std::string_view prompt);

// The prompt with the ruled-out names blanked, since they say nothing about its subject.
std::string without_names(const Registry& registry, std::string_view prompt, const std::vector<ManifestId>& ruled_out);

// Whether the prompt rules out this one name. Case is ignored.
bool is_ruled_out(std::string_view prompt, std::string_view name);

}  // namespace cascade::hook
