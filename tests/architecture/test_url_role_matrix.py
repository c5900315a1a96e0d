"""What every address says to every role, at the own side and at another, written out by hand.

Rows: an address (audits and reviews in several states, `*` for each of a review's) and a method. Cells: what the role
gets, `own:other` where the two differ; each column's own side is the same one, so the other head and the other officer
find theirs behind the colon.

in       200 or 204, or led on (302)           sign-in  led to sign in first       no    403
none     404: strangers are told of nothing    not      405: not by this method    bad   400    gone  410
late     409: not in this state, with what was typed
"""

import pytest
from django.db import transaction
from django.utils import timezone

from tests import world as worlds
from tests.architecture.test_urls import ADDRESSES

pytestmark = pytest.mark.django_db

# Anybody at all; anybody who is signed in. One row stands for every role.
ANYBODY = """
healthz                               GET in   POST not
account_login                         GET in   POST in
account_logout                        GET in   POST in
account_inactive                      GET in   POST not
account_signup                        GET in   POST not
account_email_verification_sent       GET in   POST not
account_reset_password                GET in   POST in
account_reset_password_done           GET in   POST not
account_reset_password_from_key_done  GET in   POST not
account_reset_password_from_key       GET in   POST in
calendar_feed                         GET none POST not
"""
SIGNED_IN = """
home                                  GET in   POST not
my_data                               GET in   POST not
my_data_file                          GET in   POST not
my_account                            GET in   POST not
close_account                         GET in   POST in
accounts                              GET in   POST not
correct_name                          GET in   POST in
account_email                         GET in   POST in
forget_new_address                    GET not  POST in
keep_alive                            GET not  POST in
sign_out_everywhere                   GET not  POST in
account_reauthenticate                GET in   POST in
account_change_password               GET in   POST in
account_set_password                  GET in   POST in
switch_place                          GET not  POST in
plan_list                             GET in   POST not
calendar                              GET in   POST in
locality_list                         GET in   POST not
reflections                           GET in   POST not
new_reflection                        GET in   POST in
reflections_file                      GET in   POST not
reflections_booklet                   GET in   POST not
reflections_extract                   GET in   POST not
reflective_groups                     GET in   POST not
reflective_participation              GET in   POST not
shared_learning                       GET in   POST not
practice_examples                     GET in   POST not
"""
# The last two columns have no school: an editor of the words, and a superuser without a role.
BY_ROLE = """
                             nobody  staff core_team  acting_head head      other_head officer  other_officer coordinator editor superuser
account_confirm_email   GET  sign-in in    no         no          no        no         no       no            no          no     no
account_confirm_email   POST sign-in in    no         no          no        no         no       no            no          no     no
invitation              GET  in      in    in         in          in        in         in       in            in          in     in
invitation              POST in      gone  gone       gone        gone      gone       gone     gone          gone        gone   gone
invitation_withdraw     GET  sign-in not   not        not         not       not        not      not           not         not    not
invitation_withdraw     POST sign-in none  none       in:none     in:none   none:in    none     none          no          none   none
invitation_send_again   GET  sign-in not   not        not         not       not        not      not           not         not    not
invitation_send_again   POST sign-in none  none       in:none     in:none   none:in    none     none          no          none   none
school_list             GET  sign-in no    no         no          no        no         no       no            in          no     no
school_list             POST sign-in no    no         no          no        no         no       no            in          no     no
imports                 GET  sign-in no    no         no          no        no         no       no            in          no     no
imports                 POST sign-in no    no         no          no        no         no       no            in          no     no
import                  GET  sign-in no    no         no          no        no         no       no            in          no     no
import                  POST sign-in no    no         no          no        no         no       no            in          no     no
people                  GET  sign-in no    no         no          no        no         no       no            in          no     no
people                  POST sign-in no    no         no          no        no         no       no            in          no     no
give_schools            GET  sign-in no    no         no          no        no         no       no            in          no     no
give_schools            POST sign-in no    no         no          no        no         no       no            in          no     no
people_end_role         GET  sign-in no    no         no          no        no         no       no            in          no     no
people_end_role         POST sign-in no    no         no          no        no         no       no            in          no     no
school_team             GET  sign-in none  none       in:none     in:none   none:in    none     none          none        none   none
school_team             POST sign-in none  none       in:none     in:none   none:in    none     none          none        none   none
school_invite           GET  sign-in none  none       in:none     in:none   none:in    none     none          none        none   none
school_invite           POST sign-in none  none       in:none     in:none   none:in    none     none          none        none   none
school_role_history     GET  sign-in none  none       in:none     in:none   none:in    none     none          none        none   none
school_role_history     POST sign-in none  none       not:none    not:none  none:not   none     none          none        none   none
school_hand_over        GET  sign-in none  none       in:none     in:none   none:in    none     none          none        none   none
school_hand_over        POST sign-in none  none       in:none     in:none   none:in    none     none          none        none   none
school_change_role      GET  sign-in none  none       in:none     in:none   none:in    none     none          none        none   none
school_change_role      POST sign-in none  none       in:none     in:none   none:in    none     none          none        none   none
school_end_role         GET  sign-in none  none       in:none     in:none   none:in    none     none          none        none   none
school_end_role         POST sign-in none  none       in:none     in:none   none:in    none     none          none        none   none
school_officer          GET  sign-in no    no         no          no        no         no       no            in          no     no
school_officer          POST sign-in no    no         no          no        no         no       no            in          no     no
ties                    GET  sign-in no    no         no          no        no         in       in            in          no     no
ties                    POST sign-in no    no         no          no        no         in       in            in          no     no
tie_end                 GET  sign-in none  none       none        none      none       in:none  none:in       none        none   none
tie_end                 POST sign-in none  none       none        none      none       in:none  none:in       none        none   none
tie_withdraw            GET  sign-in no    no         no          no        no         no       no            not         no     no
tie_withdraw            POST sign-in no    no         no          no        no         no       no            in          no     no
locality                GET  sign-in none  none       none        none      none       in:none  none:in       in          none   none
locality                POST sign-in none  none       none        none      none       not:none none:not      not         none   none
locality_nudge          GET  sign-in none  none       none        none      none       not:none none:not      not         none   none
locality_nudge          POST sign-in none  none       none        none      none       in:none  none:in       in          none   none
locality_demand         GET  sign-in none  none       none        none      none       in:none  none:in       in          none   none
locality_demand         POST sign-in none  none       none        none      none       not:none none:not      not         none   none
partnership             GET  sign-in no    no         no          no        no         no       no            in          no     no
partnership             POST sign-in no    no         no          no        no         no       no            not         no     no
partnership_demand      GET  sign-in no    no         no          no        no         no       no            in          no     no
partnership_demand      POST sign-in no    no         no          no        no         no       no            not         no     no
partnership_places      GET  sign-in no    no         no          no        no         no       no            in          no     no
partnership_places      POST sign-in no    no         no          no        no         no       no            in          no     no
audit_list              GET  sign-in in    in         in          in        in         in       in            in          in     in
audit_list              POST sign-in no    no         in          in        in         no       no            no          no     no
audit/draft             GET  sign-in none  in:none    in:none     in:none   none:in    none     none          none        none   none
audit/draft             POST sign-in none  not:none   not:none    not:none  none:not   none     none          none        none   none
audit/submitted         GET  sign-in none  in:none    in:none     in:none   none:in    in:none  none:in       in          none   none
audit/submitted         POST sign-in none  not:none   not:none    not:none  none:not   not:none none:not      not         none   none
audit_check/draft       GET  sign-in none  in:none    in:none     in:none   none:in    none     none          none        none   none
audit_check/draft       POST sign-in none  no:none    in:none     in:none   none:in    none     none          none        none   none
audit_check/submitted   GET  sign-in none  in:none    in:none     in:none   none:in    in:none  none:in       in          none   none
audit_check/submitted   POST sign-in none  no:none    in:none     in:none   none:in    no:none  none:no       no          none   none
audit_withdraw/draft    GET  sign-in none  not:none   not:none    not:none  none:not   none     none          none        none   none
audit_withdraw/draft    POST sign-in none  no:none    in:none     in:none   none:in    none     none          none        none   none
audit_withdraw/submitted GET sign-in none  not:none   not:none    not:none  none:not   not:none none:not      not         none   none
audit_withdraw/submitted POST sign-in none no:none    in:none     in:none   none:in    no:none  none:no       no          none   none
audit_end/draft         GET  sign-in none  no:none    in:none     in:none   none:in    none     none          none        none   none
audit_end/draft         POST sign-in none  no:none    in:none     in:none   none:in    none     none          none        none   none
audit_end/submitted     GET  sign-in none  no:none    in:none     in:none   none:in    no:none  none:no       no          none   none
audit_end/submitted     POST sign-in none  no:none    in:none     in:none   none:in    no:none  none:no       no          none   none
audit_history/draft     GET  sign-in none  in:none    in:none     in:none   none:in    none     none          none        none   none
audit_history/draft     POST sign-in none  not:none   not:none    not:none  none:not   none     none          none        none   none
audit_history/submitted GET  sign-in none  in:none    in:none     in:none   none:in    in:none  none:in       in          none   none
audit_history/submitted POST sign-in none  not:none   not:none    not:none  none:not   not:none none:not      not         none   none
audit_theme/draft       GET  sign-in none  in:none    in:none     in:none   none:in    none     none          none        none   none
audit_theme/draft       POST sign-in none  bad:none   bad:none    bad:none  none:bad   none     none          none        none   none
audit_theme/submitted   GET  sign-in none  in:none    in:none     in:none   none:in    in:none  none:in       in          none   none
audit_theme/submitted   POST sign-in none  bad:none   bad:none    bad:none  none:bad   no:none  none:no       no          none   none
audit_results/draft     GET  sign-in none  in:none    in:none     in:none   none:in    none     none          none        none   none
audit_results/draft     POST sign-in none  not:none   not:none    not:none  none:not   none     none          none        none   none
audit_results/submitted GET  sign-in none  in:none    in:none     in:none   none:in    in:none  none:in       in          none   none
audit_results/submitted POST sign-in none  not:none   not:none    not:none  none:not   not:none none:not      not         none   none
audit_chart/draft       GET  sign-in none  in:none    in:none     in:none   none:in    none     none          none        none   none
audit_chart/draft       POST sign-in none  not:none   not:none    not:none  none:not   none     none          none        none   none
audit_chart/submitted   GET  sign-in none  in:none    in:none     in:none   none:in    in:none  none:in       in          none   none
audit_chart/submitted   POST sign-in none  not:none   not:none    not:none  none:not   not:none none:not      not         none   none
audit_change_chart/draft GET sign-in none  in:none    in:none     in:none   none:in    none     none          none        none   none
audit_change_chart/draft POST sign-in none not:none   not:none    not:none  none:not   none     none          none        none   none
audit_change_chart/submitted GET sign-in none none    none        none      none       none     none          none        none   none
audit_change_chart/submitted POST sign-in none not:none not:none  not:none  none:not   not:none none:not      not         none   none
audit_report/draft      GET  sign-in none  in:none    in:none     in:none   none:in    none     none          none        none   none
audit_report/draft      POST sign-in none  not:none   not:none    not:none  none:not   none     none          none        none   none
audit_report/submitted  GET  sign-in none  in:none    in:none     in:none   none:in    in:none  none:in       in          none   none
audit_report/submitted  POST sign-in none  not:none   not:none    not:none  none:not   not:none none:not      not         none   none
audit_answers/draft     GET  sign-in none  in:none    in:none     in:none   none:in    none     none          none        none   none
audit_answers/draft     POST sign-in none  not:none   not:none    not:none  none:not   none     none          none        none   none
audit_answers/submitted GET  sign-in none  in:none    in:none     in:none   none:in    in:none  none:in       in          none   none
audit_answers/submitted POST sign-in none  not:none   not:none    not:none  none:not   not:none none:not      not         none   none
plan                    GET  sign-in none  in:none    in:none     in:none   none:in    in:none  none:in       in          none   none
plan                    POST sign-in none  not:none   not:none    not:none  none:not   not:none none:not      not         none   none
plan_pdf                GET  sign-in none  in:none    in:none     in:none   none:in    in:none  none:in       in          none   none
plan_pdf                POST sign-in none  not:none   not:none    not:none  none:not   not:none none:not      not         none   none
plan_step_add           GET  sign-in none  in:none    in:none     in:none   none:in    in:none  none:in       no          none   none
plan_step_add           POST sign-in none  in:none    in:none     in:none   none:in    in:none  none:in       no          none   none
plan_step               GET  sign-in none  in:none    in:none     in:none   none:in    in:none  none:in       no          none   none
plan_step               POST sign-in none  in:none    in:none     in:none   none:in    in:none  none:in       no          none   none
plan_step_done          GET  sign-in none  in:none    in:none     in:none   none:in    in:none  none:in       no          none   none
plan_step_done          POST sign-in none  in:none    in:none     in:none   none:in    in:none  none:in       no          none   none
plan_step_drop          GET  sign-in none  in:none    in:none     in:none   none:in    in:none  none:in       no          none   none
plan_step_drop          POST sign-in none  in:none    in:none     in:none   none:in    in:none  none:in       no          none   none
plan_help               GET  sign-in none  in:none    in:none     in:none   none:in    in:none  none:in       no          none   none
plan_help               POST sign-in none  in:none    in:none     in:none   none:in    in:none  none:in       no          none   none
plan_step_again         GET  sign-in none  not:none   not:none    not:none  none:not   not:none none:not      no          none   none
plan_step_again         POST sign-in none  in:none    in:none     in:none   none:in    in:none  none:in       no          none   none
plan_review             GET  sign-in none  no:none    no:none     no:none   none:no    in:none  none:in       no          none   none
plan_review             POST sign-in none  no:none    no:none     no:none   none:no    in:none  none:in       no          none   none
agree                   GET  sign-in none  no:none    no:none     no:none   none:no    in:none  none:in       no          none   none
agree                   POST sign-in none  no:none    no:none     no:none   none:no    in:none  none:in       no          none   none
agree_theme             GET  sign-in none  no:none    no:none     no:none   none:no    in:none  none:in       no          none   none
agree_theme             POST sign-in none  no:none    no:none     no:none   none:no    in:none  none:in       no          none   none
agree_step_add          GET  sign-in none  no:none    no:none     no:none   none:no    in:none  none:in       no          none   none
agree_step_add          POST sign-in none  no:none    no:none     no:none   none:no    in:none  none:in       no          none   none
agree_step              GET  sign-in none  no:none    no:none     no:none   none:no    in:none  none:in       no          none   none
agree_step              POST sign-in none  no:none    no:none     no:none   none:no    in:none  none:in       no          none   none
visit                   GET  sign-in none  in:none    in:none     in:none   none:in    in:none  none:in       in          none   none
visit                   POST sign-in none  no:none    in:none     in:none   none:in    no:none  none:no       no          none   none
visit_plan              GET  sign-in none  no:none    no:none     no:none   none:no    in:none  none:in       no          none   none
visit_plan              POST sign-in none  no:none    no:none     no:none   none:no    in:none  none:in       no          none   none
visit_note              GET  sign-in none  no:none    no:none     no:none   none:no    in:none  none:in       no          none   none
visit_note              POST sign-in none  no:none    no:none     no:none   none:no    in:none  none:in       no          none   none
visit_draw              GET  sign-in none  no:none    no:none     no:none   none:no    not:none none:not      no          none   none
visit_draw              POST sign-in none  no:none    no:none     no:none   none:no    in:none  none:in       no          none   none
visit_show              GET  sign-in none  no:none    no:none     no:none   none:no    not:none none:not      no          none   none
visit_show              POST sign-in none  no:none    no:none     no:none   none:no    in:none  none:in       no          none   none
visit_final             GET  sign-in none  no:none    no:none     no:none   none:no    not:none none:not      no          none   none
visit_final             POST sign-in none  no:none    no:none     no:none   none:no    in:none  none:in       no          none   none
review_list             GET  sign-in in    in         in          in        in         in       in            in          in     in
review_list             POST sign-in not   not        not         not       not        not      not           not         not    not
review/*                GET  sign-in none  in:none    in:none     in:none   none:in    in:none  none:in       in          none   none
review/submitted        POST sign-in none  no:none    no:none     no:none   none:no    late:none none:late    no          none   none
review/in_review        POST sign-in none  no:none    no:none     no:none   none:no    in:none  none:in       no          none   none
review/returned         POST sign-in none  no:none    no:none     no:none   none:no    late:none none:late    no          none   none
review/differing        POST sign-in none  no:none    no:none     no:none   none:no    late:none none:late    no          none   none
review_begin/*          GET  sign-in none  no:none    no:none     no:none   none:no    not:none none:not      no          none   none
review_begin/*          POST sign-in none  no:none    no:none     no:none   none:no    in:none  none:in       no          none   none
review_rest/*           GET  sign-in none  no:none    no:none     no:none   none:no    in:none  none:in       no          none   none
review_rest/*           POST sign-in none  no:none    no:none     no:none   none:no    in:none  none:in       no          none   none
review_send/*           GET  sign-in none  no:none    no:none     no:none   none:no    in:none  none:in       no          none   none
review_send/*           POST sign-in none  no:none    no:none     no:none   none:no    in:none  none:in       no          none   none
review_finish/*         GET  sign-in none  no:none    no:none     no:none   none:no    in:none  none:in       no          none   none
review_finish/*         POST sign-in none  no:none    no:none     no:none   none:no    in:none  none:in       no          none   none
review_reply/*          GET  sign-in none  in:none    in:none     in:none   none:in    no:none  none:no       no          none   none
review_reply/submitted  POST sign-in none  late:none  late:none   late:none none:late  no:none  none:no       no          none   none
review_reply/in_review  POST sign-in none  late:none  late:none   late:none none:late  no:none  none:no       no          none   none
review_reply/returned   POST sign-in none  in:none    in:none     in:none   none:in    no:none  none:no       no          none   none
review_reply/differing  POST sign-in none  late:none  late:none   late:none none:late  no:none  none:no       no          none   none
review_settle/*         GET  sign-in none  no:none    no:none     no:none   none:no    no:none  none:no       in          none   none
review_settle/*         POST sign-in none  no:none    no:none     no:none   none:no    no:none  none:no       in          none   none
consistency             GET  sign-in no    no         no          no        no         in       in            in          no     no
consistency             POST sign-in no    no         no          no        no         not      not           not         no     no
round_plan              GET  sign-in no    no         no          no        no         no       no            in          no     no
round_plan              POST sign-in no    no         no          no        no         no       no            in          no     no
round                   GET  sign-in none  none       none        none      none       in       in            in          none   none
round                   POST sign-in none  none       none        none      none       not      not           not         none   none
round_dates             GET  sign-in none  none       none        none      none       no       no            in          none   none
round_dates             POST sign-in none  none       none        none      none       no       no            in          none   none
vignette                GET  sign-in none  none       none        none      none       in       in            no          none   none
vignette                POST sign-in none  none       none        none      none       in       in            no          none   none
vignette_edit           GET  sign-in none  none       none        none      none       no       no            in          none   none
vignette_edit           POST sign-in none  none       none        none      none       no       no            in          none   none
decisions               GET  sign-in no    no         no          no        no         in       in            in          no     no
decisions               POST sign-in no    no         no          no        no         not      not           not         no     no
decision_new            GET  sign-in no    no         no          no        no         in       in            in          no     no
decision_new            POST sign-in no    no         no          no        no         in       in            in          no     no
reflection               GET  sign-in in:none  in:none    none        none      none       none     none          none          none   none
reflection               POST sign-in not:none not:none   none        none      none       none     none          none          none   none
edit_reflection          GET  sign-in in:none  none       none        none      none       none     none          none          none   none
edit_reflection          POST sign-in not:none none       none        none      none       none     none          none          none   none
reflection_step          GET  sign-in in:none  none       none        none      none       none     none          none          none   none
reflection_step          POST sign-in bad:none none       none        none      none       none     none          none          none   none
reflection_thread        GET  sign-in in:none  none       none        none      none       none     none          none          none   none
reflection_thread        POST sign-in not:none none       none        none      none       none     none          none          none   none
delete_reflection        GET  sign-in in:none  none       none        none      none       none     none          none          none   none
delete_reflection        POST sign-in in:none  none       none        none      none       none     none          none          none   none
share_reflection         GET  sign-in in:none  none       none        none      none       none     none          none          none   none
share_reflection         POST sign-in in:none  none       none        none      none       none     none          none          none   none
share_with_group         GET  sign-in in:none  none       none        none      none       none     none          none          none   none
share_with_group         POST sign-in in:none  none       none        none      none       none     none          none          none   none
share_learning           GET  sign-in in:none  none       none        none      none       none     none          none          none   none
share_learning           POST sign-in in:none  none       none        none      none       none     none          none          none   none
propose_example          GET  sign-in in:none  none       none        none      none       none     none          none          none   none
propose_example          POST sign-in in:none  none       none        none      none       none     none          none          none   none
comment_on_reflection    GET  sign-in in:none  in:none    none        none      none       none     none          none          none   none
comment_on_reflection    POST sign-in in:none  in:none    none        none      none       none     none          none          none   none
new_reflective_group     GET  sign-in in:none  in:none    in:none     in:none   none:in    none     none          none          none   none
new_reflective_group     POST sign-in in:none  in:none    in:none     in:none   none:in    none     none          none          none   none
reflective_group         GET  sign-in in:none  in:none    none        none      none       none     none          none          none   none
reflective_group         POST sign-in not:none not:none   none        none      none       none     none          none          none   none
add_to_reflective_group  GET  sign-in in:none  in:none    none        none      none       none     none          none          none   none
add_to_reflective_group  POST sign-in in:none  in:none    none        none      none       none     none          none          none   none
leave_reflective_group   GET  sign-in in:none  in:none    none        none      none       none     none          none          none   none
leave_reflective_group   POST sign-in in:none  in:none    none        none      none       none     none          none          none   none
shared_learning_words    GET  sign-in in:none  in:none    in:none     in:none   none:in    in:none  none:in       in            none   none
shared_learning_words    POST sign-in not:none not:none   not:none    not:none  none:not   not:none none:not      not           none   none
practice_example         GET  sign-in in:none  none       in:none     in:none   none:in    in:none  none:in       none          none   none
practice_example         POST sign-in no:none  none       no:none     no:none   none:no    no:none  none:no       none          none   none
exceptional_accesses     GET  sign-in no       no         no          no        no         in       in            in            no     no
exceptional_accesses     POST sign-in no       no         no          no        no         in       in            in            no     no
exceptional_access       GET  sign-in none     none       none        none      none       in:none  none:in       in            none   none
exceptional_access       POST sign-in none     none       none        none      none       in:none  none:in       in            none   none
exceptionally_open       GET  sign-in none     none       none        none      none       no:none  none:no       no            none   none
exceptionally_open       POST sign-in none     none       none        none      none       not:none none:not      not           none   none
"""  # noqa: E501
STATES = {"audits/<int:pk>/": ("draft", "submitted"), "reviews/<int:pk>/": worlds.REVIEWED}
SUPPORTS = ("reviews/<int:pk>/agree/", "reviews/<int:pk>/visit/")  # asked of one audit, in the state that they are for
WORDS = {
    200: "in",
    204: "in",
    302: "in",
    303: "in",
    400: "bad",
    403: "no",
    404: "none",
    405: "not",
    409: "late",
    410: "gone",
}


def rows():
    """(address, method, {role: (own, other)}) of every line above."""
    for table, nobody in ((ANYBODY, None), (SIGNED_IN, "sign-in")):
        for line in table.strip().splitlines():
            name, _get, get, _post, post = line.split()
            for method, cell in (("GET", get), ("POST", post)):
                yield (
                    name,
                    method,
                    {role: (nobody if nobody and role == "nobody" else cell,) * 2 for role in worlds.ROLES},
                )
    header, *lines = BY_ROLE.strip().splitlines()
    for line in lines:
        name, method, *cells = line.split()
        both = [cell.split(":") for cell in cells]
        for each in [name.replace("*", state) for state in worlds.REVIEWED] if "*" in name else [name]:
            yield each, method, {r: (c[0], c[-1]) for r, c in zip(header.split(), both, strict=True)}


ROWS = list(rows())
NAMES = {address.name for address in ADDRESSES if not address.is_wagtails} - {"gallery"}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield worlds.build(timezone.now())
        transaction.set_rollback(True)


@pytest.mark.parametrize(("name", "method", "expected"), [pytest.param(*row, id=f"{row[0]}-{row[1]}") for row in ROWS])
def test_every_role_gets_what_the_table_says(world, monkeypatch, name, method, expected):
    for paper in ("support.pdf.render", "support.pdf_plan.render"):  # who gets it is asked here, not what is in it
        monkeypatch.setattr(paper, lambda *_args, **_more: b"%PDF-")
    wrong = []
    for role, cells in expected.items():
        for side, cell in zip((world.own, world.other), cells, strict=True):
            address = worlds.address(world, side, name)
            with worlds.undone():
                answer = getattr(world.client(role), method.lower())(address)
            if (found := said(answer)) != cell:
                wrong.append(f"{role} at {side.name}: {found}, not {cell}")

    assert wrong == []


def said(answer):
    """The table's word for an answer."""
    if answer.status_code in {302, 303} and answer.url.startswith("/accounts/login/?next="):
        return "sign-in"
    return WORDS.get(answer.status_code, str(answer.status_code))


def test_every_address_has_a_row_for_each_method():
    told = {(name.partition("/")[0], method) for name, method, _cells in ROWS}

    assert told == {(name, method) for name in NAMES for method in ("GET", "POST")}


def test_what_is_about_an_audit_has_a_row_for_each_state():
    wanted = {
        f"{address.name}/{state}"
        for address in ADDRESSES
        for route, states in STATES.items()
        if address.route.startswith(route) and not address.route.startswith(SUPPORTS)
        for state in states
    }

    assert {name for name, _method, _cells in ROWS if "/" in name} == wanted


def test_every_role_has_a_column():
    assert all(set(cells) == set(worlds.ROLES) for _name, _method, cells in ROWS)
