# fish completion for crm and crm-*: every candidate comes from the programs themselves.

function __crm_complete
    set -l words (commandline -opc)
    set -l program (string replace -r '.*/' '' -- $words[1])
    set -l current (commandline -ct)
    if test "$program" = crm
        crm --complete $words[2..-1] "$current" 2>/dev/null
    else
        crm --complete (string replace crm- '' -- $program) $words[2..-1] "$current" 2>/dev/null
    end
end

complete -c crm -f -a '(__crm_complete)'
for program in (crm --complete '' 2>/dev/null)
    complete -c crm-$program -f -a '(__crm_complete)'
end
