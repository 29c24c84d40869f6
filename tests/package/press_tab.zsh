# zsh -f press_tab.zsh FOLDER LINE: what LINE becomes in a shell whose completions lie in FOLDER when Tab is pressed behind it.
zmodload zsh/zpty
zpty shell "HOME=/nonexistent PS1= TERM=dumb zsh -f -i"
show='show() { print -r -- "<$BUFFER>"; BUFFER=; zle accept-line }; zle -N show; bindkey "^X" show'
zpty -w shell "fpath=($1 \$fpath); autoload -Uz compinit; compinit -D -u; unsetopt beep; $show; print -r RE\"\"ADY"
zpty -r shell line '*READY*'
zpty -w -n shell "$2"$'\t\x18'
zpty -r shell line '*<*>*'
[[ $line =~ '<([^<>]*)>' ]] && print -r -- "$match[1]"
zpty -d shell
