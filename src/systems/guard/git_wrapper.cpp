#include "guard/git_wrapper.h"

#include "files/paths.h"
#include "git/judgement.h"
#include "hash/content_hash.h"

namespace cascade::systems {

std::string program_folder(const std::string& session_id, const Surroundings& surroundings) {
  return files::join(surroundings.state_directory, "git-program/" + hash::to_hex(hash::hash64(session_id)));
}

// The script sets core.hooksPath behind all options of the call, where it wins over `-c` and over variables. A hook
// manager asks git where hooks belong (config, rev-parse, lfs install); it is told the repository's own place. A hooks
// folder of the call's own (`-c core.hooksPath=X`) is passed on as the one that runs after ours. A push with
// --no-verify leaves out the repository's own hook and not ours; send-pack runs none, so ours is asked before.
std::string git_wrapper(const std::string& folder, const std::string& hooks) {
  return "#!/bin/sh\n"
         "# Cascade's guard: git, with the hooks that ask the guard, however it was started.\n"
         "folder=" +
         repository::shell_word(folder) + "\nhooks=" + repository::shell_word(hooks) +
         R"(
set -f; old=$IFS; IFS=:; real=
for place in $PATH; do
  if [ "$place" != "$folder" ] && [ -x "$place/git" ] && [ ! -d "$place/git" ]; then real=$place/git; break; fi
done
IFS=$old; set +f
[ -n "$real" ] || real=/usr/bin/git
[ -x "$hooks/reference-transaction" ] || exec "$real" "$@"
left=$#; takes=; verb=; deed=; own=; before=
while [ "$left" -gt 0 ]; do
  word=$1; shift; left=$((left - 1))
  if [ -n "$verb" ]; then
    [ -n "$deed" ] || deed=$word
    case $verb:$word in
      push:--no-verify) own=/dev/null; continue ;;
      send-pack:-*) ;;
      send-pack:*) [ -n "$before" ] || before=$word ;;
    esac
  elif [ -n "$takes" ]; then
    [ "$takes" = -c ] && case $word in
      [cC][oO][rR][eE].[hH][oO][oO][kK][sS][pP][aA][tT][hH]=*) own=${word#*=} ;;
    esac
    takes=
  else
    case $word in
      -C|-c|--git-dir|--work-tree|--namespace|--config-env|--super-prefix|--attr-source) takes=$word ;;
      -*) ;;
      *)
        verb=$word
        case $verb in config|rev-parse|var|lfs) ;; *) set -- "$@" -c "core.hooksPath=$hooks" ;; esac ;;
    esac
  fi
  set -- "$@" "$word"
done
export CASCADE_GIT_VERB="$verb"
[ -z "$own" ] || export CASCADE_OWN_HOOKS="$own"
[ -z "$before" ] || CASCADE_OWN_HOOKS=/dev/null "$hooks/pre-push" "$before" "$before" < /dev/null || exit 1
case $verb:$deed in
  lfs:migrate|lfs:pull|lfs:fetch|lfs:push|lfs:checkout) exec "$real" -c "core.hooksPath=$hooks" "$@" ;;
  config:*|rev-parse:*|var:*|lfs:*)
    at=0
    while [ "$at" -lt "${GIT_CONFIG_COUNT:-0}" ] 2> /dev/null; do
      eval "value=\${GIT_CONFIG_VALUE_$at-}"
      [ "$value" != "$hooks" ] || export "GIT_CONFIG_KEY_$at=cascade.hooks"
      at=$((at + 1))
    done
    entry="'core.hooksPath'='$hooks'"
    case ${GIT_CONFIG_PARAMETERS-} in
      *"$entry"*) export GIT_CONFIG_PARAMETERS="${GIT_CONFIG_PARAMETERS%%"$entry"*}${GIT_CONFIG_PARAMETERS#*"$entry"}" ;;
    esac ;;
esac
exec "$real" "$@"
)";
}

}  // namespace cascade::systems
