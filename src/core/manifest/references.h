// Finds what a manifest's text says about other manifests. One references_<form>.cpp per family of forms;
// docs/references.md has an example of each. Extraction knows only the client's own names: binding decides which
// manifests exist. A finder starts from Candidates::marks(), the places where its forms may begin, or from the facts in
// each TextLine; it does not search the whole text itself.
#pragma once

#include <cascade/manifest.h>

#include "manifest/body_text.h"
#include "manifest/candidates.h"

#include <string_view>
#include <vector>

namespace cascade::manifest {

// Task("…", "…", "agent"), Agent(name), subagent_type: name, Skill(name), SlashCommand(/name).
void find_calls(const BodyText& body, Candidates& out);
// /name, /plugin:name; not paths, routes, tags or regular expressions.
void find_slash_words(const BodyText& body, Candidates& out);
// plugin:name without a slash, and skill:name where the prefix is a kind.
void find_qualified(const BodyText& body, Candidates& out);
// [text](path) to a Markdown file or a folder.
void find_links(const BodyText& body, Candidates& out);
// skills/x/SKILL.md, `agents/x.md`, `x.md`, `some-skill/`.
void find_paths(const BodyText& body, Candidates& out);
// agent_spawn { type: "x" }, agent spawn --type x, --agent x.
void find_other_spawns(const BodyText& body, Candidates& out);
// "Agents: a, b", "reports_to: x", lists under "agents:", "agents (a, b)".
void find_labels(const BodyText& body, Candidates& out);
// Cells of a column headed Agent, Skill or Command.
void find_table_cells(const BodyText& body, Candidates& out);
// `name`, **name**, @name, headings that are just a name.
void find_marked(const BodyText& body, Candidates& out);
// "the Code Reviewer agent": a name written as a title, before a kind word. The line has sign_title.
void find_titles(const BodyText& body, const TextLine& line, Candidates& out);
// "- **Release Engineer** — what for": the bold title at `begin` leads an item. Its last word must be somebody who does
// something.
void find_leading_title(const BodyText& body, const TextLine& line, std::string_view title, std::size_t begin,
                        Candidates& out);
// "use code-reviewer", "the code-reviewer agent", names in a list under "Agents".
void find_prose(const BodyText& body, Candidates& out);
// "the researcher agent", "spawn an explore agent", "delegate to the architect and tester", titles in sentences.
void find_words(const BodyText& body, Candidates& out);
// mcp__server__tool anywhere, each once.
std::vector<ToolMention> find_mcp_tools(const syntax::LineIndex& file, std::string_view path);

}  // namespace cascade::manifest
