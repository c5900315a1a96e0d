from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from schools.models import Cluster, Locality, School
from schools.permissions import require_programme


@transaction.atomic
def assign(
    *,
    schools: Iterable[School],
    by: User,
    locality: Locality | None = None,
    cluster: Cluster | None = None,
    no_locality: bool = False,
    no_cluster: bool = False,
) -> int:
    """Put schools into a locality, a cluster or both, and give how many there were. What is not named stays.

    Raises:
        PermissionDenied: the programme co-ordinator does this.
    """
    require_programme(by)
    changes: dict[str, Locality | Cluster | None] = {}
    if locality or no_locality:
        changes["locality"] = locality
    if cluster or no_cluster:
        changes["cluster"] = cluster
    keys = [school.pk for school in schools]
    if changes:
        School.objects.filter(pk__in=keys).update(**changes)
    return len(keys)
