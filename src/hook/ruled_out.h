// Which manifests a prompt rules out by name.
#pragma once

#include <cascade/registry.h>

#include <string>
#include <string_view>
#include <vector>

namespace cascade::hook {

// "don't use the release-notes skill", "not memory-leak-hunt", "without /review", "drop release-notes", "stop using X".
// Between the word that rules out and the name stand only words of use ("the", "please", "load"); a name of one plain
// word has to be called a skill, a command or an agent, or be written as code or with a slash, because "do not review"
// rules nothing out. By id; nothing for most prompts, which hold no such word, at the price of one look.
std::vector<ManifestId> ruled_out_by(const Registry& registry, std::string_view prompt);

// The prompt with blanks for the names of what it rules out: they say nothing of what it is about.
std::string without_names(const Registry& registry, std::string_view prompt, const std::vector<ManifestId>& ruled_out);

// The rule for one name; letters are compared without case.
bool is_ruled_out(std::string_view prompt, std::string_view name);

}  // namespace cascade::hook
