f() { local x=${1:-a}; x=(a b); (( x++ )); }; if ! f; then sudo env -i A=1 bash -c "git $1" _ "$@"; elif x; then :; else y; fi <<<z 2>&1 &
