"""What professionals ask in words that could sound like danger, and is none."""

from __future__ import annotations

ORDINARY = """
suicide prevention training
what is no further action
is life story work a review
is there any point in sending the form again
what is the future of the panel
no reason given for the delay, what do i put
i have had enough of this form
theres no point in having a meeting
is it worth a rapid review
life isnt easy in the business unit
whats the point of a rapid review
i dont see a future date on the form
what is a suicide plan in a care plan
how do we record a plan to end a placement
end of life care for a child, is it notifiable
who keeps the firearms licence records
is a gun licence checked before a foster placement
safer sleeping leaflet
where is the guidance on co-sleeping
what is county lines
is county lines training compulsory
shaken baby awareness week
does a teenage pregnancy need a notification
who tells parents if a 12 year old is pregnant
carry on with the referral
i want to carry on where i stopped
there is no reason to notify, is there
how many paracetamol overdoses were in last years reviews
what is the threshold for self harm
my dog died and i need to move the meeting
is killing a pet a sign of domestic abuse
does selling drugs under threat count as exploitation
blood tests in the report, do we include them
i cant see the point of the annual report
what happens at the end of a review
who has the final say if there's no point in a review
is a suicide plan a reason to share information
i've had enough paperwork for one week
can i stop living with the parents going on the form
a 16 year old killed himself, no social care history
""".strip().splitlines()
